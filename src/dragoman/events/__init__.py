"""What was done: triggers, roles, types, status and chain."""
