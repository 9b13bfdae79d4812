"""Assembles the portal: settings, addresses, tasks, and the pages that span programmes."""
