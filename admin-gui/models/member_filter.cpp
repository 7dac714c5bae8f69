// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/member_filter.h"

#include "admin-gui/models/member_model.h"
#include "admin-gui/models/model_roles.h"

#include <array>

namespace guildhall::console {

MemberFilter::MemberFilter(QObject *parent)
    : SortedModel(parent)
{
    setDynamicSortFilter(true);
}

void MemberFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void MemberFilter::setPresence(Presence presence)
{
    m_presence = presence;
    invalidateFilter();
}

bool MemberFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto cell = [&](int column) {
        return sourceModel()->index(row, column, parent);
    };
    const bool offline = cell(MemberModel::Status).data(StatusRole).toString() == u"offline";
    if (m_presence != Presence::Anybody && offline != (m_presence == Presence::Offline))
        return false;
    if (m_text.isEmpty())
        return true;
    constexpr std::array searched{MemberModel::Name, MemberModel::Username, MemberModel::Roles,
                                  MemberModel::IdColumn};
    return std::any_of(searched.begin(), searched.end(), [&](int column) {
        return cell(column).data().toString().contains(m_text, Qt::CaseInsensitive);
    });
}

} // namespace guildhall::console
