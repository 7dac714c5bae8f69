// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/sorted_model.h"

#include "admin-gui/models/model_roles.h"

#include <QCollator>

namespace guildhall::console {

namespace {

constexpr int nameColumn = 0; // in every model that is sorted

QCollator makeCollator()
{
    // The C locale, which services and bare X sessions have, knows no language: its order is that
    // of the codes, with all capitals before the first small letter.
    const QLocale locale;
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

quint64 idOf(const QModelIndex &index)
{
    return index.siblingAtColumn(nameColumn).data(IdRole).toString().toULongLong();
}

QString nameOf(const QModelIndex &index)
{
    return index.siblingAtColumn(nameColumn).data(SortRole).toString();
}

} // namespace

int compareNames(const QString &a, const QString &b)
{
    static const QCollator collator = makeCollator();
    // Folded as well: not every platform's collator can leave the case out.
    const int order = collator.compare(a.toCaseFolded(), b.toCaseFolded());
    return order != 0 ? order : a.compare(b);
}

SortedModel::SortedModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
}

bool SortedModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    if (a.userType() == QMetaType::QString) {
        if (const int order = compareNames(a.toString(), b.toString()); order != 0)
            return order < 0;
    } else if (a != b) {
        return QSortFilterProxyModel::lessThan(left, right);
    }
    const int order = compareNames(nameOf(left), nameOf(right));
    return order != 0 ? order < 0 : idOf(left) < idOf(right);
}

} // namespace guildhall::console
