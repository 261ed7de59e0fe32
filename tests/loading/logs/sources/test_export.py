"""Order exports of Seller Center."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from checker.loading.logs import LogOptions, load_log
from checker.model.activity import Activity, Observable
from checker.model.error import EventLogError
from checker.model.event import Actor
from checker.model.report import EventLog

LOGS = Path(__file__).parents[4] / "examples" / "logs"
HEADER = "Order ID,Order Status,Order Substatus,Created Time,Paid Time,Cancelled Time,Cancel By,Cancel Reason"


def export(folder: Path, *rows: str, header: str = HEADER, options: LogOptions | None = None) -> EventLog:
    path = folder / "export.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return load_log([path], options or LogOptions())


def sheet(rows: list[list[str | float]]) -> bytes:
    """The bytes of a spreadsheet with one sheet of these cells, its size declared as A1:A1 as Seller Center does."""
    cells = "".join(
        "<row>"
        + "".join(
            f"<c><v>{cell}</v></c>"
            if isinstance(cell, float)
            else f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
            for cell in row
        )
        + "</row>"
        for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        '<sheet name="OrderSKUList" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="A1:A1"/>'
        f"<sheetData>{cells}</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def test_the_description_row_is_no_order() -> None:
    """The row under the header that explains the fields is counted and ignored."""
    log = load_log([LOGS / "seller_center_export.csv"])
    assert (len(log.histories), log.tally.read, log.tally.ignored) == (7, 9, 1)


def test_an_order_of_two_products_is_one_history() -> None:
    """Order-level times repeat on each row; the products are collected."""
    history = load_log([LOGS / "seller_center_export.csv"]).histories[0]
    assert len(history.events) == 5
    assert history.facts["seller_skus"] == ("SKU-RED-M", "SKU-SOCK")
    assert len(history.events[0].refs) == 2


def test_japanese_headers_and_american_dates_are_read() -> None:
    """AM and PM decide for month first, where no day over 12 does."""
    history = load_log([LOGS / "seller_center_export_ja.csv"]).histories[0]
    assert [str(event.occurred_at) for event in history.events] == [
        "2026-01-29 23:00:00+00:00",
        "2026-01-29 23:00:10+00:00",
    ]
    assert history.facts["status"] == "AWAITING_SHIPMENT"


def test_shift_jis_is_read_and_said(tmp_path: Path) -> None:
    """An export saved by a Japanese Excel is not lost."""
    text = (LOGS / "seller_center_export_ja.csv").read_text(encoding="utf-8")
    (tmp_path / "export.csv").write_bytes(text.encode("cp932"))
    log = load_log([tmp_path / "export.csv"])
    assert log.histories[0].facts["status"] == "AWAITING_SHIPMENT"
    assert log.problems[0].reason == "the file is Shift_JIS, not UTF-8"


def test_dates_that_can_be_read_in_two_ways_are_refused(tmp_path: Path) -> None:
    """Nothing is guessed: 03/04 may be March or April."""
    with pytest.raises(EventLogError, match=r"`03/04/2026 10:00:00` can be read in two ways; say --date-order"):
        export(tmp_path, "1,Unpaid,,03/04/2026 10:00:00,,,,")


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-04-03"), ("mdy", "2026-03-04")])
def test_the_date_order_can_be_told(tmp_path: Path, order: str, day: str) -> None:
    """--date-order settles what the file leaves open."""
    options = LogOptions(date_order=order)  # type: ignore[arg-type]
    log = export(tmp_path, "1,Unpaid,,03/04/2026 10:00:00,,,,", options=options)
    assert str(log.histories[0].events[0].occurred_at)[:10] == day


@pytest.mark.parametrize(
    ("stamps", "first"),
    [
        (("03/04/2026 10:00:00", "13/04/2026 10:00:00"), "2026-04-03 01:00:00"),
        (("03/04/2026 10:00:00", "03/13/2026 10:00:00"), "2026-03-04 01:00:00"),
        (("03/04/2026 10:00:00 AM", "03/05/2026 11:00:00 PM"), "2026-03-04 01:00:00"),
        (("13/04/2026 10:00:00 AM", "14/04/2026 11:00:00 PM"), "2026-04-13 01:00:00"),
        (("03/03/2026 12:00:00 AM", "03/03/2026 12:00:00 PM"), "2026-03-02 15:00:00"),
        (("2026-03-04 10:00:00", "2026-03-05 10:00:00"), "2026-03-04 01:00:00"),
    ],
)
def test_the_file_itself_decides_the_date_order(tmp_path: Path, stamps: tuple[str, str], first: str) -> None:
    """One value over 12 settles the whole file; AM and PM settle it where no value does."""
    log = export(tmp_path, f"1,To ship,,{stamps[0]},{stamps[1]},,,")
    assert str(log.histories[0].events[0].occurred_at) == f"{first}+00:00"


def test_a_wrong_date_order_is_refused(tmp_path: Path) -> None:
    """What the file proves cannot be told otherwise."""
    with pytest.raises(EventLogError, match="dates are dmy, not mdy"):
        export(tmp_path, "1,Unpaid,,30/01/2026 10:00:00,,,,", options=LogOptions(date_order="mdy"))


def test_dates_in_two_orders_are_refused(tmp_path: Path) -> None:
    """A file pasted together cannot be read."""
    with pytest.raises(EventLogError, match="several orders: dmy, mdy"):
        export(tmp_path, "1,Unpaid,,30/01/2026 10:00:00,,,,", "2,Unpaid,,01/30/2026 10:00:00,,,,")


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    """The zone must be one of the tz database."""
    with pytest.raises(EventLogError, match="unknown time zone `Tokyo`"):
        export(tmp_path, "1,Unpaid,,30/01/2026 10:00:00,,,,", options=LogOptions(timezone="Tokyo"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("5.82316E+17,Unpaid,,30/01/2026 10:00:00,,,,", "`Order ID` is `5.82316E+17`, not an exact id"),
        (",Unpaid,,30/01/2026 10:00:00,,,,", "missing field `Order ID`"),
        ("2,Unpaid,,31/02/2026 10:00:00,,,,", "`31/02/2026 10:00:00` is no date and time"),
        ("2,Unpaid,,soon,,,,", "`soon` is no date and time"),
        ("2,Unpaid,,30/01/2026 10:00:00,,,,,,extra", "10 cells under 8 columns"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_used(tmp_path: Path, row: str, reason: str) -> None:
    """Line, reason and the row itself are kept."""
    log = export(tmp_path, "1,Unpaid,,30/01/2026 10:00:00,,,,", row)
    (problem,) = log.problems
    assert (problem.line, problem.reason) == (3, reason)
    assert (log.tally.used, log.tally.quarantined) == (1, 1)


def test_unknown_labels_are_reported_and_the_status_is_inferred_from_times(tmp_path: Path) -> None:
    """Labels of a language not seen before do not hide what the times say."""
    log = export(tmp_path, "1,Annulé,Annulé,30/01/2026 10:00:00,,30/01/2026 11:00:00,Acheteur,Autre")
    assert log.histories[0].facts["status"] == "CANCELLED"
    assert log.histories[0].events[-1].actor is Actor.UNKNOWN
    assert log.histories[0].events[-1].attributes["reason_text"] == "Autre"
    assert {problem.reason for problem in log.problems} == {
        "unknown status label `Annulé`",
        "unknown `Cancel By` label `Acheteur`",
    }


@pytest.mark.parametrize(
    ("who", "actor"), [("User", Actor.BUYER), ("Seller", Actor.SELLER), ("System", Actor.PLATFORM)]
)
def test_who_cancelled_comes_from_cancel_by(tmp_path: Path, who: str, actor: Actor) -> None:
    """The three labels of English exports."""
    log = export(tmp_path, f"1,Canceled,,30/01/2026 10:00:00,,30/01/2026 11:00:00,{who},Package lost")
    event = log.histories[0].events[-1]
    assert (event.activity, event.actor, event.attributes["reason"]) == (
        Activity.ORDER_CANCELLED,
        actor,
        "package_lost",
    )


def test_a_spreadsheet_says_the_same_as_the_csv(tmp_path: Path) -> None:
    """Sheets that declare the size A1:A1 are read to their real end."""
    text = (LOGS / "seller_center_export_ja.csv").read_text(encoding="utf-8")
    header, values = text.splitlines()[0].split(","), ["582300000000000107\t", "未発送", "発送待ち"]
    times = dict.fromkeys(range(len(header)), "") | dict(enumerate(values))
    times[header.index("注文作成時刻")] = "01/30/2026 8:00:00 AM\t"
    (tmp_path / "orders.xlsx").write_bytes(sheet([header, [times[i] for i in range(len(header))]]))
    history = load_log([tmp_path / "orders.xlsx"]).histories[0]
    assert history.order_id == "582300000000000107"
    assert str(history.events[0].occurred_at) == "2026-01-29 23:00:00+00:00"
    assert Observable.MESSAGES not in history.observes


def test_a_numeric_id_cell_is_mangled(tmp_path: Path) -> None:
    """A spreadsheet keeps 15 digits of a number only."""
    rows: list[list[str | float]] = [["Order ID", "Created Time"], [582300000000000107.0, "2026-01-30 08:00:00"]]
    (tmp_path / "orders.xlsx").write_bytes(sheet(rows))
    log = load_log([tmp_path / "orders.xlsx"])
    assert "not an exact id" in log.problems[0].reason
    assert log.tally.quarantined == 1


def test_a_spreadsheet_that_is_no_export_is_refused(tmp_path: Path) -> None:
    """The message says which columns are missed."""
    (tmp_path / "other.xlsx").write_bytes(sheet([["Name"], ["x"]]))
    with pytest.raises(EventLogError, match="no order export; expected a column `Order ID`"):
        load_log([tmp_path / "other.xlsx"])


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The declared size is looked at before anything is unpacked."""
    monkeypatch.setattr("checker.loading.logs.tables.WHOLE_LIMIT", 100)
    (tmp_path / "bomb.xlsx").write_bytes(sheet([["Order ID", "Created Time"]]))
    with pytest.raises(EventLogError, match="at most 100 are read at once"):
        load_log([tmp_path / "bomb.xlsx"])
