"""The database itself refuses to delete a moment that took place: so its feedback would never be owed."""

from django.db import migrations

KEEP = """
CREATE FUNCTION moments_keep_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('held', 'closed') OR (OLD.status = 'announced' AND OLD.starts_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'moment % took place: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER moments_moment_stays BEFORE DELETE ON moments_moment
    FOR EACH ROW EXECUTE FUNCTION moments_keep_held();
"""

FREE = """
DROP TRIGGER moments_moment_stays ON moments_moment;
DROP FUNCTION moments_keep_held();
"""


class Migration(migrations.Migration):
    dependencies = [("moments", "0006_hidden_words_hold_nothing")]

    operations = [migrations.RunSQL(KEEP, FREE)]
