"""The filter for texts that were stored in English."""

from django import template

from customerfile.web.stored_texts import told_again

register = template.Library()

register.filter("told_again", told_again)
