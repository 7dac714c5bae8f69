// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"

#include <QWidget>

#include <vector>

class QAction;
class QHBoxLayout;
class QLabel;
class QUndoStack;
class QVBoxLayout;

namespace guildhall::console {

class ErrorBanner;
class NoticeBanner;

/// A screen of the console: title, tools, what failed, what was done, and below it the content.
/// The main window shows pages from a list and knows nothing else of them.
class Page : public QWidget {
    Q_OBJECT

public:
    Page(const QString &title, const QString &iconName, QWidget *parent = nullptr);

    const QString &title() const { return m_title; }
    const QString &iconName() const { return m_iconName; }

    /// The guild that is being looked at; null for none.
    virtual void setGuild(GuildId guild) = 0;
    /// Whether the page is about one guild and means nothing without.
    virtual bool needsGuild() const { return true; }
    /// F5.
    virtual void refresh() = 0;
    /// The keyboard goes to what the page is for: its list, or what stands in the list's place.
    virtual void focusContent() = 0;
    /// Ctrl+F.
    virtual void focusFilter() = 0;
    /// Drafts that are not applied yet, for Ctrl+Z; nullptr when the page has none.
    virtual QUndoStack *undoStack() { return nullptr; }
    /// Whether closing would lose something.
    virtual bool hasDraft() const { return false; }
    /// Whether changes can be sent at all. @param why not, for tooltips
    virtual void setWritable(bool writable, const QString &why) = 0;
    /// What a person arranges: tables, splitters and filters, each with its objectName.
    const std::vector<QWidget *> &layoutParts() const { return m_layoutParts; }
    /// What can be done from any page, for the File menu.
    const std::vector<QAction *> &fileActions() const { return m_fileActions; }

protected:
    void setSubtitle(const QString &text);
    /// To the right of the title.
    void addTool(QWidget *tool);
    void keepLayoutOf(std::vector<QWidget *> parts) { m_layoutParts = std::move(parts); }
    void offerInFileMenu(std::vector<QAction *> actions) { m_fileActions = std::move(actions); }
    QVBoxLayout *body() const { return m_body; }
    ErrorBanner &errors() const { return *m_errors; }
    NoticeBanner &notices() const { return *m_notices; }

private:
    QString m_title;
    QString m_iconName;
    std::vector<QWidget *> m_layoutParts;
    std::vector<QAction *> m_fileActions;
    QLabel *m_heading;
    QLabel *m_subtitle;
    QHBoxLayout *m_tools;
    ErrorBanner *m_errors;
    NoticeBanner *m_notices;
    QVBoxLayout *m_body;
};

} // namespace guildhall::console
