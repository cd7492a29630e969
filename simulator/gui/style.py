"""How the frame of the window looks: spaces, corners and sizes of letters, from the colours of the theme."""

from __future__ import annotations

from pathlib import Path

from simulator.gui.theme import DARK, Colours

_FOLDER = Path(__file__).parent
_PICTURES = ("tick", "up", "down")


def sheet(colours: Colours, points: float) -> str:
    """Style sheet of a window whose ordinary letters have so many points."""
    return f"""{_fields(colours)}
{_handles(colours)}
QWidget {{ font-size: {points:.0f}pt; }}
QListWidget#pages {{ background: {colours.ground}; border: none; border-right: 1px solid {colours.line}; padding: 8px;
    outline: none; }}
QListWidget#pages::item {{ padding: 8px 12px; margin: 1px 0; border-radius: 6px; color: {colours.text}; }}
QListWidget#pages::item:hover {{ background: {colours.raised}; }}
QListWidget#pages::item:selected {{ background: {colours.accent}; color: {colours.on_accent}; }}
QListWidget#pages::item:selected:focus {{ border: 2px solid {colours.text}; padding: 6px 10px; }}
QMenuBar {{ background: {colours.ground}; border-bottom: 1px solid {colours.line}; padding: 2px 6px; }}
QStatusBar {{ border-top: 1px solid {colours.line}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QPushButton {{ border: none; padding: 2px 8px; color: {colours.text}; text-align: left; }}
QStatusBar QPushButton:hover, QStatusBar QPushButton:focus {{ text-decoration: underline; }}
{_tabs(colours)}
QSplitter::handle {{ background: {colours.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QLabel#heading {{ font-size: {points * 1.8:.1f}pt; font-weight: 600; }}
QLabel#title {{ font-size: {points * 1.2:.1f}pt; font-weight: 600; }}
QLabel#step {{ font-size: {points * 1.2:.1f}pt; font-weight: 700; color: {colours.accent}; }}
QLabel#explains {{ border: 1px solid transparent; border-radius: 3px; }}
QLabel#explains:focus {{ border-color: {colours.accent}; }}
QLabel#muted {{ color: {colours.muted}; }}
QFrame#card {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: 10px; }}
QFrame#banner {{ background: {colours.raised}; border: 1px solid {colours.line};
    border-left: 4px solid {colours.accent}; }}
QFrame#banner[serious="true"] {{ border-left: 4px solid {colours.warning}; }}
QFrame#bubble {{ background: {colours.surface}; border: 2px solid {colours.accent}; border-radius: 10px; }}
QPushButton#chief {{ background: {colours.accent}; color: {colours.on_accent}; border: 1px solid {colours.accent};
    border-radius: 5px; padding: 6px 14px; font-weight: 600; }}
QPushButton#chief:disabled {{ background: {colours.raised}; color: {colours.muted}; border-color: {colours.line}; }}
QPushButton#chief:hover {{ border-color: {colours.text}; }}
QPushButton#chief:focus {{ border: 2px solid {colours.text}; padding: 5px 13px; }}
"""


def _fields(colours: Colours) -> str:
    """Tables, texts, lists and what is filled in."""
    return f"""
QTableView {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: 6px; }}
QTableView::item {{ padding: 3px 8px; }}
QTableView::item:selected {{ background: {colours.accent}; color: {colours.on_accent}; }}
QTableView::item:focus {{ border: 2px solid {colours.text}; padding: 1px 6px; }}
QHeaderView::section {{ background: {colours.ground}; color: {colours.muted}; border: none;
    border-bottom: 1px solid {colours.line}; padding: 5px 8px; }}
QPlainTextEdit {{ border: 1px solid {colours.edge}; border-radius: 6px; background: {colours.surface}; }}
QPlainTextEdit:focus, QTableView:focus, QListWidget#plain:focus, QListWidget#faults:focus {{
    border: 1px solid {colours.accent}; }}
QLineEdit, QAbstractSpinBox {{ border: 1px solid {colours.edge}; border-radius: 4px; padding: 3px 5px;
    background: {colours.surface}; }}
QLineEdit:focus, QAbstractSpinBox:focus {{ border: 2px solid {colours.accent}; padding: 2px 4px; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QAbstractSpinBox {{ padding: 2px 18px 1px 2px; qproperty-alignment: "AlignRight | AlignVCenter"; }}
QAbstractSpinBox:focus {{ padding: 1px 17px 0 1px; }}
QListWidget#plain, QListWidget#faults {{ background: {colours.surface}; border: 1px solid {colours.line};
    border-radius: 6px; padding: 4px; }}
QListWidget#plain::item {{ padding: 4px 6px; border-radius: 4px; }}
QListWidget#faults::item {{ padding: 3px 6px; }}
QListWidget#plain::item:hover {{ background: {colours.raised}; }}
QListWidget#plain::item:selected, QListWidget#faults::item:selected {{ background: {colours.accent};
    color: {colours.on_accent}; }}
"""


def _tabs(colours: Colours) -> str:
    """Tabs: Fusion cuts the feet of letters of those that are not chosen."""
    return f"""
QTabBar::tab {{ padding: 4px 12px; margin-right: 2px; color: {colours.muted}; border: 1px solid transparent;
    border-bottom: 2px solid transparent; border-top-left-radius: 4px; border-top-right-radius: 4px; }}
QTabBar::tab:hover {{ background: {colours.raised}; color: {colours.text}; }}
QTabBar::tab:selected {{ background: {colours.surface}; color: {colours.text}; border-color: {colours.line};
    border-bottom: 2px solid {colours.accent}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {colours.accent}; padding: 3px 11px 4px; }}
"""


def _handles(colours: Colours) -> str:
    """Boxes to tick, rounds, sliders: Fusion outlines them darker than the ground, unseen where that is dark."""
    tick, up, down = (_FOLDER / f"{name}-{'dark' if colours is DARK else 'light'}.svg" for name in _PICTURES)
    boxes = ("QCheckBox::indicator", "QAbstractItemView::indicator")
    ticked, held = (", ".join(f"{box}:{state}" for box in boxes) for state in ("checked", "checked:disabled"))
    return f"""
{", ".join(boxes)} {{ width: 12px; height: 12px; border: 1px solid {colours.muted}; border-radius: 3px;
    background: {colours.surface}; }}
{ticked} {{ border-color: {colours.accent}; background: {colours.accent}; image: url("{tick.as_posix()}"); }}
{held} {{ border-color: {colours.muted}; background: {colours.muted}; }}
QAbstractItemView::indicator:checked:selected {{ border-color: {colours.on_accent}; }}
QRadioButton::indicator {{ width: 10px; height: 10px; border: 2px solid {colours.muted}; border-radius: 7px;
    background: {colours.surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {colours.accent}; }}
QAbstractSpinBox::up-button {{ subcontrol-origin: border; subcontrol-position: top right; width: 15px; border: none; }}
QAbstractSpinBox::down-button {{ subcontrol-origin: border; subcontrol-position: bottom right; width: 15px;
    border: none; }}
QAbstractSpinBox::up-arrow {{ image: url("{up.as_posix()}"); width: 8px; height: 8px; }}
QAbstractSpinBox::down-arrow {{ image: url("{down.as_posix()}"); width: 8px; height: 8px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {colours.line}; }}
QSlider::sub-page:horizontal {{ border-radius: 2px; background: {colours.accent}; }}
QSlider::sub-page:horizontal:disabled {{ background: {colours.muted}; }}
QSlider::handle:horizontal {{ width: 10px; margin: -5px 0; border: 2px solid {colours.muted}; border-radius: 7px;
    background: {colours.surface}; }}
QSlider::handle:horizontal:hover {{ border-color: {colours.accent}; }}
QSlider::handle:horizontal:focus {{ border-color: {colours.accent}; background: {colours.accent}; }}
"""
