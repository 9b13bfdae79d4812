"""How cases are reviewed in the stock Django admin, whatever the programme.

A programme makes a `Desk`, registers its steps, parts and pages there, describes its work list with a `Selection`, and
derives its admin from `CaseAdmin`. It gets a work list with filters, search, export and counts; a file page with the
steps that are possible (and why others are not), walking to the next case, and who else is looking; and a confirm page
per step with the letters exactly as they will leave the building.
"""
