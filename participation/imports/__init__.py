"""Taking over a department's project list: understand each row, show what would happen, register or update."""
