"""What several documents have to do with one another: copies of one text."""
