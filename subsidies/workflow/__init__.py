"""The only room that changes anything about the small grant; one module per part of a file's life."""
