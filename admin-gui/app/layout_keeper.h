// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/settings.h"

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSplitter;
class QWidget;

namespace guildhall::console {

class ConsoleTable;

/// Keeps how a person arranged the pages: columns and sorting of tables, splitters, filters. Each
/// server has its own arrangement, for guilds and roles of one are no measure for another's.
/// @thread GUI
class LayoutKeeper {
public:
    explicit LayoutKeeper(Settings &settings);

    /// Knows tables, splitters, line edits, choices and boxes to tick. Its present state is the
    /// default. @param part named by its objectName; must outlive this
    void add(QWidget *part);

    /// Arranges everything as it was last time on this server.
    void open(const QUrl &server);
    /// Nothing is kept while no server is open.
    void close();
    void save();
    /// Everything as it is by default.
    void reset();

private:
    struct Part {
        QString name;
        std::function<QByteArray()> state;
        std::function<bool(const QByteArray &)> restore; ///< false when it is not understood
        QByteArray usual;
    };

    static Part partFor(ConsoleTable *table);
    static Part partFor(QSplitter *splitter);
    static Part partFor(QLineEdit *field);
    static Part partFor(QComboBox *choice);
    static Part partFor(QCheckBox *box);

    Settings &m_settings;
    QUrl m_server; ///< empty when none is open
    std::vector<Part> m_parts;
};

} // namespace guildhall::console
