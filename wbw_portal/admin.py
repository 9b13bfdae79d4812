"""The start page of the admin: Vandaag, made from all programmes."""

from django.contrib import admin

from wbw_portal import today

admin.site.start_page = today.context
