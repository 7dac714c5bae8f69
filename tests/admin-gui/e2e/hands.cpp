// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/e2e/hands.h"

#include <QProcess>
#include <QTest>

namespace guildhall::console::hands {

namespace {

void run(const QStringList &arguments)
{
    QProcess xdotool;
    xdotool.start(QStringLiteral("xdotool"), arguments);
    // The loop goes on meanwhile: the console has to answer to X while it is being used.
    const bool done = xdotool.waitForStarted()
        && QTest::qWaitFor([&xdotool] { return xdotool.state() == QProcess::NotRunning; });
    if (!done || xdotool.exitCode() != 0)
        QTest::qFail("xdotool does not work (package xdotool)", __FILE__, __LINE__);
    QTest::qWait(60); // until the event has come back through the X server
}

} // namespace

void click(QWidget *widget, const QPoint &at)
{
    const QPoint inside = at.x() < 0 ? widget->rect().center() : at;
    const QPoint global = widget->mapToGlobal(inside);
    run({QStringLiteral("mousemove"), QString::number(global.x()), QString::number(global.y()),
         QStringLiteral("click"), QStringLiteral("1")});
}

void clickCell(QAbstractItemView *view, const QModelIndex &index, const QPoint &offset)
{
    view->scrollTo(index);
    const QRect cell = view->visualRect(index);
    click(view->viewport(), QPoint(cell.left(), cell.center().y()) + offset);
}

void type(const QString &text)
{
    run({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("8"), text});
}

void press(const QString &key)
{
    run({QStringLiteral("key"), key});
}

} // namespace guildhall::console::hands
