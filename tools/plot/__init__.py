"""How the data of pictures is made."""
