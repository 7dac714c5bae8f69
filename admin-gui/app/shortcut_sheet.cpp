// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/shortcut_sheet.h"

#include "admin-gui/widgets/cell_delegates.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/labels.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace guildhall::console {

namespace {

using Keys = std::vector<std::pair<QString, QString>>;

/// "&Sign out" without its mark, as it is read.
QString plain(QString text)
{
    return text.remove(u'&').remove(u'…');
}

Keys collect(const QWidget &window)
{
    Keys keys;
    for (const QAction *action : window.findChildren<QAction *>()) {
        const auto entry = std::pair(plain(action->text()),
                                     action->shortcut().toString(QKeySequence::NativeText));
        const bool known = std::find(keys.begin(), keys.end(), entry) != keys.end();
        if (!entry.first.isEmpty() && !entry.second.isEmpty() && !known)
            keys.push_back(entry);
    }
    // What the permission grid does with single keys is no action.
    keys.emplace_back(ShortcutSheet::tr("Permissions: turn over"), ShortcutSheet::tr("Space"));
    keys.emplace_back(ShortcutSheet::tr("Permissions: give"), QStringLiteral("A"));
    keys.emplace_back(ShortcutSheet::tr("Permissions: take"), QStringLiteral("D"));
    return keys;
}

} // namespace

ShortcutSheet::ShortcutSheet(QWidget *window)
    : QDialog(window)
{
    setObjectName(QStringLiteral("shortcutSheet"));
    setWindowTitle(tr("Keyboard shortcuts"));
    const Keys keys = collect(*window);
    auto *table = new QTableWidget(int(keys.size()), 2, this);
    table->setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->setTabKeyNavigation(false);
    table->setItemDelegate(new TextDelegate(table));
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int row = 0; row < int(keys.size()); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(keys[size_t(row)].first));
        table->setItem(row, 1, new QTableWidgetItem(keys[size_t(row)].second));
    }
    auto *filter = new FilterBox(tr("Filter shortcuts"), this);
    connect(filter, &FilterBox::filterChanged, table, [table](const QString &text) {
        for (int row = 0; row < table->rowCount(); ++row)
            table->setRowHidden(row,
                                !table->item(row, 0)->text().contains(text, Qt::CaseInsensitive));
    });
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(filter);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    resize(460, 520);
}

} // namespace guildhall::console
