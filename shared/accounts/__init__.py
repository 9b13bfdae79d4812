"""Who works with the portal: people, roles with dates, signing in."""
