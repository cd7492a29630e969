"""Pictures of every page and dialog of the window, in both languages and both themes, without a screen.

    python docs/screenshots.py                                  all, into docs/screenshots
    python docs/screenshots.py --size 1920x1080 --scale 2 --language sv --theme dark --page TextPage

Files are called <page>-<language>-<theme>-<size>[@<scale>x].png.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SIZES = ("1280x720", "1920x1080")
SCENARIO = "coordinated"
BATCH, BATCH_SEEDS = "BatchPage", 4


def main() -> int:
    """Make the pictures; each scale needs a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--size", action="append", metavar="WIDTHxHEIGHT", help=f"default: {' '.join(SIZES)}")
    parser.add_argument("--scale", action="append", type=float, help="default: 1, and 2 at the first size")
    parser.add_argument("--language", action="append", choices=("en", "sv"))
    parser.add_argument("--theme", action="append", choices=("light", "dark"))
    parser.add_argument("--page", action="append", metavar="NAME", help="class of a page or dialog, such as TextPage")
    parser.add_argument("--wait", type=float, default=20, help="most seconds for runs to arrive on a page")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    sizes = arguments.size or list(SIZES)
    if arguments.one:
        return _one_scale(arguments, sizes, arguments.scale[0])
    code = 0
    for scale in arguments.scale or (1, 2):
        chosen = sizes if arguments.scale or scale == 1 else sizes[:1]
        words = [sys.executable, __file__, "--one", "--folder", str(arguments.folder), "--wait", str(arguments.wait)]
        words += [part for size in chosen for part in ("--size", size)] + ["--scale", str(scale)]
        for name in ("language", "theme", "page"):
            words += [part for value in getattr(arguments, name) or () for part in (f"--{name}", value)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
        code = subprocess.run(words, env=environment, check=False).returncode or code
    return code


def _one_scale(arguments: argparse.Namespace, sizes: list[str], scale: float) -> int:
    from PySide6.QtWidgets import QApplication

    from simulator.gui.background import QuietBackground

    application = QApplication([])
    background = QuietBackground()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings:
        for language in arguments.language or ("en", "sv"):
            for size in sizes:
                width, height = map(int, size.split("x"))
                with_scale = size if scale == 1 else f"{size}@{scale:g}x"
                for name, theme, picture in _pictures(arguments, Path(settings), language, (width, height)):
                    path = arguments.folder / f"{name}-{language}-{theme}-{with_scale}.png"
                    picture.save(str(path))
                    sys.stdout.write(f"{path}\n")
    background.close()
    application.quit()
    return 0


def _pictures(
    arguments: argparse.Namespace, settings: Path, language: str, size: tuple[int, int]
) -> Iterator[tuple[str, str, object]]:
    """Name, theme and picture of each page and dialog of one window."""
    from simulator.gui.desk import Desk
    from simulator.gui.document import Document
    from simulator.gui.language import Language
    from simulator.gui.main_window import MainWindow
    from simulator.gui.pages import PAGES
    from simulator.gui.preferences import Preferences
    from simulator.gui.theme import Theme
    from simulator.scenario.files import SHIPPED

    themes = arguments.theme or ("light", "dark")
    spoken = Language(language)
    desk = Desk(spoken, Theme(themes[0]), Preferences(settings), Document(spoken))
    window = MainWindow(desk)
    window.resize(*size)
    window.show()
    window.open(SHIPPED / f"{SCENARIO}.yaml")
    desk.document.settle()

    def wanted(name: str) -> bool:
        return not arguments.page or name in arguments.page

    def in_all_themes(name: str, shown: object) -> Iterator[tuple[str, str, object]]:
        for theme in themes:
            desk.theme.choose(theme)
            _wait(0.2)
            yield name, theme, shown.grab()  # type: ignore[attr-defined]

    for place, page in enumerate(PAGES):
        if wanted(page.__name__):
            for name in _shown(window, place, settings, arguments.wait):
                yield from in_all_themes(name, window)
    if wanted("Stage"):
        yield from _stages(window, size, in_all_themes)
    yield from _dialogs(desk, window, wanted, in_all_themes)
    if wanted("Tour"):
        window.tour.start(window.files)
        for step in (0, 2):
            window.tour.go(step)
            _wait(0.3)
            yield from in_all_themes(f"Tour{step}", window)
        window.tour.end()
    window.close()
    window.deleteLater()
    _wait(0.1)


def _dialogs(desk: object, window: object, wanted: object, in_all_themes: object) -> Iterator[tuple[str, str, object]]:
    """The dialogs that open without a question."""
    from simulator.gui.help_dialogs import AboutDialog, ShortcutsDialog
    from simulator.gui.preferences_dialog import PreferencesDialog

    dialogs = (
        lambda: PreferencesDialog(desk, window.font_size, window),
        lambda: ShortcutsDialog(desk, window),
        lambda: AboutDialog(desk, window),
    )
    for make in dialogs:
        dialog = make()
        if wanted(type(dialog).__name__):
            dialog.show()
            _wait(0.1)
            yield from in_all_themes(type(dialog).__name__, dialog)  # type: ignore[operator]
        dialog.close()
        dialog.deleteLater()


def _stages(window: object, size: tuple[int, int], in_all_themes: object) -> Iterator[tuple[str, str, object]]:
    """The stage of a workshop before a prediction, after it, with two proposals compared, and levels."""
    from PySide6.QtCore import Qt

    page = window.show_named("WorkshopPage")  # type: ignore[attr-defined]
    if not page.record_file.record.empty:
        page.record_file.begin_anew()
    page.start()
    stage, live = page.stage, page.desk.live
    stage.setWindowState(Qt.WindowState.WindowNoState)
    _wait(0.1)
    stage.resize(*size)
    _wait(0.3)
    yield from in_all_themes("Stage0", stage)  # type: ignore[operator]
    for expected in (1.0, 3.0):
        stage.sliders[0].slider.setValue(stage.sliders[0].slider.value() + 10)
        stage.session.predict({page.charts.chosen[0]: expected})
        _wait(60, lambda: live.bands.enough and not live.behind)
        if expected == 1.0:
            yield from in_all_themes("Stage1", stage)  # type: ignore[operator]
        stage.session.keep(stage.session.free_name)
    stage.show_part(stage.comparison)
    stage.comparison.open()
    _wait(0.3)
    yield from in_all_themes("Stage2", stage)  # type: ignore[operator]
    stage.session.switch_mode()
    stage.back()
    _wait(0.3)
    yield from in_all_themes("Stage3", stage)  # type: ignore[operator]
    stage.close()


def _shown(window: object, place: int, settings: Path, seconds: float) -> Iterator[str]:
    """Show a page, and what else is to be seen of it: a name for each picture."""
    window.show_page(place)  # type: ignore[attr-defined]
    page = window.pages[place]  # type: ignore[attr-defined]
    _wait(seconds, lambda: not _busy(window.desk, page))  # type: ignore[attr-defined]
    yield type(page).__name__
    if type(page).__name__ == BATCH:
        _run_batch(page, settings, seconds)
        yield f"{BATCH}Results"


def _busy(desk: object, page: object) -> bool:
    """Whether runs are on their way."""
    live = desk.__dict__.get("live")
    return page.busy or (live is not None and live.runner.running)  # type: ignore[attr-defined]


def _run_batch(page: object, settings: Path, seconds: float) -> None:
    """Run a small batch and show its folder."""
    order, view, tabs = page.form, page.view, page.tabs  # type: ignore[attr-defined]
    order.wishes.replications.set_number(BATCH_SEEDS)
    order.choose_folder(Path(tempfile.mkdtemp(dir=settings)) / "coordinated-batch")
    _wait(seconds, order.start.isEnabled)
    order.start.click()
    tabs.setCurrentWidget(view)
    _wait(3 * seconds, lambda: not page.busy and bool(view.charts.results))  # type: ignore[attr-defined]


def _wait(seconds: float, enough: object = None) -> None:
    """Let the window work until it is `enough`, or so long."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, look = QEventLoop(), QTimer()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    if callable(enough):
        look.timeout.connect(lambda: loop.quit() if enough() else None)
        look.start(200)
    loop.exec()
    look.stop()


if __name__ == "__main__":
    sys.exit(main())
