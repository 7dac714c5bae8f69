// SPDX-License-Identifier: GPL-3.0-or-later
// The servers that were signed in to before, on the page where one signs in.
#include "admin-gui/app/server_address.h"
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/widgets/error_banner.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QToolButton>

namespace guildhall::console {

namespace {

/// A saved server. Chosen, the address goes into the field; in the list the account is told too,
/// for there may be several on one server.
class ServerItem : public QStandardItem {
public:
    explicit ServerItem(const ServerProfile &profile)
        : m_shown(SignInPage::tr("%1 on %2").arg(profile.account, serverText(profile.server)))
    {
        setText(serverText(profile.server));
        setData(profile.account, Qt::UserRole);
    }
    QVariant data(int role) const override
    {
        return role == Qt::DisplayRole ? m_shown : QStandardItem::data(role);
    }

private:
    QString m_shown;
};

} // namespace

void SignInPage::fillServers()
{
    const QString typed = m_server->currentText();
    const QString account = m_account->text();
    auto *list = qobject_cast<QStandardItemModel *>(m_server->model());
    list->clear();
    for (const ServerProfile &profile : m_settings.servers())
        list->appendRow(new ServerItem(profile));
    if (typed.isEmpty())
        return onServerChosen(m_server->currentIndex());
    m_server->setEditText(typed);
    m_account->setText(account);
}

std::optional<ServerProfile> SignInPage::savedProfile() const
{
    const auto server = parseServerAddress(m_server->currentText());
    if (!server)
        return std::nullopt;
    const ServerProfile wanted{*server, m_account->text().trimmed()};
    for (const ServerProfile &profile : m_settings.servers()) {
        if (profile.isSameAs(wanted))
            return profile;
    }
    return std::nullopt;
}

bool SignInPage::isKept() const
{
    const auto saved = savedProfile();
    return saved && saved->remembered;
}

void SignInPage::updateSaved()
{
    m_password->setPlaceholderText(isKept() ? tr("Kept in the keychain") : QString());
    const bool saved = savedProfile().has_value();
    m_forget->setVisible(m_server->count() > 0); // with nothing saved it is only a riddle
    m_forget->setEnabled(saved && m_session.state() == Session::State::SignedOut);
    m_forget->setToolTip(saved ? tr("Remove this server from the list, and its sign-in from the "
                                    "keychain")
                               : tr("This server is not in the list."));
}

void SignInPage::forgetServer()
{
    const auto saved = savedProfile();
    if (!saved)
        return;
    m_error->dismiss();
    m_session.forgetServer(*saved);
    m_server->clearEditText();
    m_account->clear();
    fillServers();
    focusFirstEmpty();
}

void SignInPage::onServerChosen(int index)
{
    if (index >= 0)
        m_account->setText(m_server->itemData(index).toString());
    updateSaved();
}

} // namespace guildhall::console
