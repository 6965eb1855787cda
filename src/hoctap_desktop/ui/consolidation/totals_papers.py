"""What Tổng hợp writes out: the workbook, the table, a chart, what changed after sending. Made when asked for."""

from datetime import date

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.ui import files
from hoctap_desktop.ui.consolidation.totals_read import Read
from hoctap_desktop.ui.page import Page


def _today(page: Page) -> date:
    return page.session.now().astimezone(VIETNAM).date()


def save_excel(page: Page, read: Read) -> None:
    """The whole as a workbook (docs/xlsx.md), where the officer says."""
    own, campaign, day = page.session.own, page.session.campaign, _today(page)

    def make() -> bytes:
        from hoctap_desktop.consolidation.printed import totals_sheets
        from hoctap_desktop.document.sheet import render

        sheets = totals_sheets(
            read.found,
            own,
            campaign,
            day,
            standing=read.board,
            before=read.before,
            doubts=read.doubts,
            since=read.since,
        )
        return render(sheets, title=f"Tổng hợp {campaign.name}", author=own.name, created=day)

    files.save_as(page, f"tong-hop-{campaign.id}-{day:%Y%m%d}.xlsx", files.SHEETS, make)


def print_totals(page: Page, read: Read) -> None:
    """The table on A4."""
    from hoctap_desktop.ui.paper.print_dialog import print_table

    own, campaign, day = page.session.own, page.session.campaign, _today(page)

    def make() -> bytes:
        from hoctap_desktop.consolidation.printed import totals_document
        from hoctap_desktop.document.pdf import render

        return render(totals_document(read.found, own, campaign, day)).data

    print_table(page, f"tong-hop-{campaign.id}-{day:%Y%m%d}.pdf", make)


def print_chart(page: Page, read: Read, field: str) -> None:
    """The number with this id, a bar a unit."""
    from hoctap_desktop.ui.paper.print_dialog import print_table

    own, campaign, day = page.session.own, page.session.campaign, _today(page)

    def make() -> bytes:
        from hoctap_desktop.consolidation.printed import charts_document
        from hoctap_desktop.document.pdf import render

        return render(charts_document(read.found, own, campaign, day, [field], read.before, read.doubts)).data

    print_table(page, f"bieu-do-{campaign.id}-{field.replace('.', '-')}.pdf", make, "In biểu đồ")


def print_since(page: Page, read: Read) -> None:
    """What changed after the last report was sent; nothing when nothing did."""
    from hoctap_desktop.ui.paper.print_dialog import print_table

    since = read.since
    if since is None:
        return
    own, campaign, day = page.session.own, page.session.campaign, _today(page)

    def make() -> bytes:
        from hoctap_desktop.consolidation.since_printed import since_document
        from hoctap_desktop.document.pdf import render

        made = since_document(since, own, campaign, day, illustrative=read.found.illustrative)
        return render(made).data

    print_table(page, f"thay-doi-sau-khi-gui-{campaign.id}-{day:%Y%m%d}.pdf", make, "In bảng thay đổi")
