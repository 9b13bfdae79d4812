"""What people see and send: everybody, applicants, advisers, and who was given a link."""
