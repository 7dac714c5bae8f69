// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/layout_keeper.h"

#include "admin-gui/widgets/console_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSplitter>

namespace guildhall::console {

LayoutKeeper::LayoutKeeper(Settings &settings)
    : m_settings(settings)
{ }

LayoutKeeper::Part LayoutKeeper::partFor(ConsoleTable *table)
{
    return {{},
            [table] { return table->layoutState(); },
            [table](const QByteArray &state) { return table->restoreLayoutState(state); },
            {}};
}

LayoutKeeper::Part LayoutKeeper::partFor(QSplitter *splitter)
{
    return {{},
            [splitter] { return splitter->saveState(); },
            [splitter](const QByteArray &state) { return splitter->restoreState(state); },
            {}};
}

LayoutKeeper::Part LayoutKeeper::partFor(QLineEdit *field)
{
    return {{},
            [field] { return field->text().toUtf8(); },
            [field](const QByteArray &state) {
                field->setText(QString::fromUtf8(state));
                return true;
            },
            {}};
}

LayoutKeeper::Part LayoutKeeper::partFor(QComboBox *choice)
{
    return {{},
            [choice] { return choice->currentData().toByteArray(); },
            [choice](const QByteArray &state) {
                for (int i = 0; i < choice->count(); ++i) {
                    if (choice->itemData(i).toByteArray() == state)
                        choice->setCurrentIndex(i);
                }
                return choice->currentData().toByteArray() == state;
            },
            {}};
}

LayoutKeeper::Part LayoutKeeper::partFor(QCheckBox *box)
{
    return {{},
            [box] { return QByteArray(box->isChecked() ? "on" : "off"); },
            [box](const QByteArray &state) {
                box->setChecked(state == "on");
                return true;
            },
            {}};
}

void LayoutKeeper::add(QWidget *widget)
{
    Part part;
    if (auto *table = qobject_cast<ConsoleTable *>(widget))
        part = partFor(table);
    else if (auto *splitter = qobject_cast<QSplitter *>(widget))
        part = partFor(splitter);
    else if (auto *field = qobject_cast<QLineEdit *>(widget))
        part = partFor(field);
    else if (auto *choice = qobject_cast<QComboBox *>(widget))
        part = partFor(choice);
    else if (auto *box = qobject_cast<QCheckBox *>(widget))
        part = partFor(box);
    Q_ASSERT(part.state && !widget->objectName().isEmpty());
    part.name = widget->objectName();
    part.usual = part.state();
    m_parts.push_back(std::move(part));
}

void LayoutKeeper::open(const QUrl &server)
{
    m_server = server;
    for (const Part &part : m_parts) {
        const QByteArray kept = m_settings.layout(server, part.name);
        if (kept.isEmpty() || !part.restore(kept))
            part.restore(part.usual);
    }
}

void LayoutKeeper::close()
{
    save();
    m_server.clear();
}

void LayoutKeeper::save()
{
    if (m_server.isEmpty())
        return;
    for (const Part &part : m_parts)
        m_settings.setLayout(m_server, part.name, part.state());
}

void LayoutKeeper::reset()
{
    for (const Part &part : m_parts)
        part.restore(part.usual);
}

} // namespace guildhall::console
