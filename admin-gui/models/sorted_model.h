// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace guildhall::console {

/// Sorts by SortRole. Rows that are alike there stand by name, and those of the same name by id, so
/// that their order never depends on who came first.
class SortedModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit SortedModel(QObject *parent = nullptr);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
};

/// As people expect names in a list: by the rules of the language, upper and lower case together.
/// 0 only for equal texts. @return negative, 0 or positive
/// @thread GUI
int compareNames(const QString &a, const QString &b);

} // namespace guildhall::console
