"""Projects in the admin."""

from django.contrib import admin

from participation.models import Project

admin.site.register(Project)
