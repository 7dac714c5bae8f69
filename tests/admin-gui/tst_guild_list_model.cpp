// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/guild_list_model.h"
#include "admin-gui/models/model_roles.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

class TestGuildListModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void it_lists_guilds_with_their_numbers();
    void numbers_follow_events();
    void a_renamed_guild_moves_to_its_place();
    void guilds_come_and_go();

private:
    QString cell(GuildId guild, int column) const
    {
        return m_model->index(m_model->rowOf(guild), column).data().toString();
    }
    void dispatch(const QByteArray &event, const QByteArray &d)
    {
        m_server->socket->dispatch(event, d);
        m_server->session.directory().flush();
    }
    static GatewayGuild named(quint64 id, const QString &name)
    {
        GatewayGuild guild = sampleGuild();
        guild.id = GuildId(id);
        guild.name = name;
        return guild;
    }

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<GuildListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestGuildListModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_server = std::make_unique<FakeServer>();
    m_model = std::make_unique<GuildListModel>(m_server->session.directory());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_server->signIn();
}

void TestGuildListModel::it_lists_guilds_with_their_numbers()
{
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(hall, GuildListModel::Name), u"The Hall"_qs);
    QCOMPARE(cell(hall, GuildListModel::Members), u"4"_qs);
    QCOMPARE(cell(hall, GuildListModel::Online), u"3"_qs);
    QCOMPARE(cell(hall, GuildListModel::Roles), u"3"_qs);
    QCOMPARE(cell(hall, GuildListModel::Standing), u"Owner"_qs);
    const QModelIndex name = m_model->index(0, GuildListModel::Name);
    QCOMPARE(name.data(Qt::AccessibleTextRole).toString(), u"Guild: The Hall"_qs);
    QCOMPARE(name.data(IdRole).toString(), u"1000"_qs);
}

void TestGuildListModel::numbers_follow_events()
{
    dispatch("PRESENCE_UPDATE", json::encode(samplePresence(cyn, u"online"_qs)));
    QCOMPARE(cell(hall, GuildListModel::Online), u"4"_qs);
    dispatch("GUILD_MEMBER_ADD", json::encode(sampleGuildMember(UserId(15), u"Eve"_qs)));
    QCOMPARE(cell(hall, GuildListModel::Members), u"5"_qs);
}

void TestGuildListModel::a_renamed_guild_moves_to_its_place()
{
    dispatch("GUILD_CREATE", json::encode(named(2000, u"Mill"_qs)));
    QCOMPARE(m_model->guildAt(0), GuildId(2000));
    Guild renamed = named(2000, u"Zoo"_qs);
    dispatch("GUILD_UPDATE", json::encode(renamed));
    QCOMPARE(m_model->guildAt(0), hall);
    QCOMPARE(cell(GuildId(2000), GuildListModel::Name), u"Zoo"_qs);
}

void TestGuildListModel::guilds_come_and_go()
{
    dispatch("GUILD_CREATE", json::encode(named(2000, u"Mill"_qs)));
    QCOMPARE(m_model->rowCount(), 2);
    dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->guildAt(0), GuildId(2000));
    m_server->session.signOut();
    QCOMPARE(m_model->rowCount(), 0);
}

QTEST_MAIN(TestGuildListModel)
#include "tst_guild_list_model.moc"
