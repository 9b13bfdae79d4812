"""Let destruction after the retention term wipe the words of events; the events themselves stay."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION audit_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {exception}
    RAISE EXCEPTION 'audit_event is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""
# What happened and when is kept: only words about people can go, and only to nothing.
WIPING = """
    IF TG_OP = 'UPDATE' AND current_setting('portal.erasing', true) = 'on'
        AND (NEW.id, NEW.action, NEW.subject_type, NEW.subject_id, NEW.occurred_at, NEW.visibility)
            IS NOT DISTINCT FROM (OLD.id, OLD.action, OLD.subject_type, OLD.subject_id, OLD.occurred_at, OLD.visibility)
        AND NEW.text = '' AND NEW.old = '{}'::jsonb AND NEW.new = '{}'::jsonb THEN
        RETURN NEW;
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(FUNCTION.replace("{exception}", WIPING), FUNCTION.replace("{exception}", "")),
    ]
