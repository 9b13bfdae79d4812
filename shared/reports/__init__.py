"""Reports that leave the portal as files."""
