"""Taking over a municipality's existing list of initiatives: read the file, understand each row, write it down."""
