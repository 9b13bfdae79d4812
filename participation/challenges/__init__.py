"""The right to challenge (uitdaagrecht): a group of residents asks to take over a task of the municipality."""
