"""What the README's performance table is made with: `make bench`."""
