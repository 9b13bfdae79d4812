"""What the log tells, and what it keeps to itself."""

import json
import logging

import pytest

from wbw_portal.logs import JsonFormatter, without_personal_data


def line(message, **extra):
    record = logging.LogRecord("portal", logging.INFO, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Key (email)=(jan.de-boer+1@example.nl) exists", "Key (email)=([e-mail]) exists"),
        ("bel 06-12345678 of 0031 6 1234 5678", "bel [phone] of [phone]"),
        ("NL91ABNA0417164300", "[iban]"),
        ("Not Found: /mijn/eyJhIjoxfQ:1rABcd:0123456789abcdefghijklmn/", "Not Found: /mijn/[token]/"),
        ("2026-11-22T10:00:00.123+00:00 took 1.234 s", "2026-11-22T10:00:00.123+00:00 took 1.234 s"),
    ],
)
def test_personal_data_stay_out(written, kept):
    assert without_personal_data(written) == kept


def test_a_traceback_is_cleaned_too():
    try:
        raise ValueError("jan@example.nl")
    except ValueError as error:
        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "x", (), (type(error), error, None))

    assert "jan@" not in JsonFormatter().format(record)


def test_each_request_has_an_id_and_a_line_without_its_address(client, caplog):
    with caplog.at_level(logging.INFO, "portal.request"):
        response = client.get("/gezond/?email=jan@example.nl", headers={"X-Request-ID": "proxy-12345"})

    assert response["X-Request-ID"] == "proxy-12345"
    fields = caplog.records[-1].fields
    assert (fields["method"], fields["route"], fields["status"]) == ("GET", "gezond/", 200)
    assert "jan" not in str(fields)


def test_an_id_that_could_forge_the_log_is_replaced(client):
    response = client.get("/gezond/", headers={"X-Request-ID": 'x"} forged'})

    assert "forged" not in response["X-Request-ID"]


def test_a_line_carries_its_fields():
    assert line("request", fields={"status": 200})["status"] == 200
