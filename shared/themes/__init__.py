"""What plans, grants, projects and partners are about: one list for the whole portal."""
