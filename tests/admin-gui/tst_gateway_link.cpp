// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/gateway_link.h"
#include "shared/gateway/close_codes.h"
#include "tests/admin-gui/support/scripted_socket.h"

#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;
using Phase = LinkStatus::Phase;

/// The protocol of the gateway from the client's side, against a gateway that follows a script.
class TestGatewayLink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void the_back_off_doubles_up_to_its_limit();
    void it_identifies_with_what_the_pages_need();
    void it_is_live_after_ready();
    void it_beats_at_once_and_then_in_time();
    void it_answers_a_heartbeat_of_the_server();
    void a_gateway_that_does_not_answer_beats_is_left();
    void it_resumes_a_session_that_broke();
    void it_identifies_again_when_the_session_is_gone();
    void a_refused_identify_waits_before_the_next();
    void it_comes_back_when_the_server_asks_for_it();
    void a_session_the_server_ended_is_not_resumed();
    void it_tries_the_common_address_when_the_nodes_own_is_gone();
    void a_refused_token_is_not_tried_again();
    void retry_now_does_not_wait();
    void stop_ends_the_session();
    void a_frame_that_is_no_json_drops_the_connection_but_not_the_session();

private:
    struct Recorder : DispatchListener {
        void onDispatch(QByteArrayView name, const json::Value &) override
        {
            names.append(name.toByteArray());
        }
        QList<QByteArray> names;
    };
    void goLive();
    Phase phase() const { return m_link->status().phase; }

    ScriptedSocket *m_socket = nullptr;
    Recorder m_recorder;
    std::unique_ptr<GatewayLink> m_link;
};

void TestGatewayLink::init()
{
    m_recorder.names.clear();
    auto socket = std::make_unique<ScriptedSocket>();
    m_socket = socket.get();
    m_link = std::make_unique<GatewayLink>(std::move(socket), m_recorder,
                                           BackOff(BackOff::Ms(20), BackOff::Ms(80)));
    m_link->start(QUrl(u"ws://gateway.example:1"_qs), Secret<QString>(u"t0ken"_qs));
}

void TestGatewayLink::goLive()
{
    m_socket->hello();
    m_socket->dispatch("READY",
                       "{\"session_id\":\"abc\",\"resume_gateway_url\":\"ws://node7.example:2\"}");
}

void TestGatewayLink::the_back_off_doubles_up_to_its_limit()
{
    BackOff backOff(BackOff::Ms(1000), BackOff::Ms(4000));
    QCOMPARE(backOff.next(0).count(), 1000);
    QCOMPARE(backOff.next(0).count(), 2000);
    QCOMPARE(backOff.next(1).count(), 2000); // 4000, spread by half
    QCOMPARE(backOff.next(0).count(), 4000);
    backOff.reset();
    QCOMPARE(backOff.next(0).count(), 1000);
}

void TestGatewayLink::it_identifies_with_what_the_pages_need()
{
    QCOMPARE(m_socket->urls, QList<QUrl>{QUrl(u"ws://gateway.example:1/?v=10&encoding=json"_qs)});
    QVERIFY(m_socket->sent.isEmpty()); // nothing before HELLO
    m_socket->hello();
    const auto frame = json::parse(m_socket->sent.front());
    QCOMPARE(json::member(*frame, "op")->GetInt(), int(Opcode::Identify));
    const json::Value *d = json::member(*frame, "d");
    QCOMPARE(QByteArray(json::member(*d, "token")->GetString()), "t0ken");
    QCOMPARE(json::member(*d, "intents")->GetInt(), 1 | 2 | 4 | 256);
    QCOMPARE(json::member(*d, "large_threshold")->GetInt(), 250);
}

void TestGatewayLink::it_is_live_after_ready()
{
    QSignalSpy changes(m_link.get(), &GatewayLink::statusChanged);
    QCOMPARE(phase(), Phase::Connecting);
    goLive();
    QCOMPARE(phase(), Phase::Live);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(m_recorder.names, QList<QByteArray>{"READY"});
}

void TestGatewayLink::it_beats_at_once_and_then_in_time()
{
    QSignalSpy latency(m_link.get(), &GatewayLink::latencyMeasured);
    m_socket->hello(30);
    QCOMPARE(m_socket->opcodes(), (QList<int>{2, 1}));
    m_socket->say("{\"op\":11,\"d\":null,\"s\":null,\"t\":null}");
    QCOMPARE(latency.size(), 1);
    m_socket->dispatch("X", "{}");
    QTRY_VERIFY(m_socket->sent.size() >= 3);
    QCOMPARE(m_socket->sent[2], "{\"t\":null,\"s\":null,\"op\":1,\"d\":1}"); // the last sequence
}

void TestGatewayLink::it_answers_a_heartbeat_of_the_server()
{
    m_socket->hello();
    m_socket->say("{\"op\":1,\"d\":null,\"s\":null,\"t\":null}");
    QCOMPARE(m_socket->opcodes(), (QList<int>{2, 1, 1}));
}

void TestGatewayLink::a_gateway_that_does_not_answer_beats_is_left()
{
    m_socket->hello(30);
    QTRY_VERIFY(!m_socket->closeCodes.isEmpty());
    QVERIFY(!endsSession(m_socket->closeCodes.front()));
    QTRY_COMPARE(m_socket->urls.size(), 2);
}

void TestGatewayLink::it_resumes_a_session_that_broke()
{
    goLive();
    m_socket->dispatch("GUILD_UPDATE", "{}");
    m_socket->breakOff();
    QCOMPARE(phase(), Phase::Waiting);
    QVERIFY(m_link->status().retryIn.count() > 0);
    QTRY_COMPARE(m_socket->urls.size(), 2);
    QCOMPARE(m_socket->urls.last().host(), u"node7.example"_qs);
    m_socket->sent.clear();
    m_socket->hello();
    QCOMPARE(m_socket->sent.front(),
             "{\"t\":null,\"s\":null,\"op\":6,\"d\":{\"token\":\"t0ken\",\"session_id\":\"abc\","
             "\"seq\":2}}");
    QCOMPARE(phase(), Phase::Connecting);
    m_socket->dispatch("RESUMED", "{}");
    QCOMPARE(phase(), Phase::Live);
}

void TestGatewayLink::it_identifies_again_when_the_session_is_gone()
{
    goLive();
    m_socket->breakOff();
    QTRY_COMPARE(m_socket->urls.size(), 2);
    m_socket->hello();
    m_socket->sent.clear();
    m_socket->say("{\"op\":9,\"d\":false,\"s\":null,\"t\":null}");
    QCOMPARE(m_socket->opcodes(), QList<int>{int(Opcode::Identify)});
    QCOMPARE(m_socket->urls.size(), 2); // on the same connection
    m_socket->dispatch("READY", "{\"session_id\":\"def\",\"resume_gateway_url\":\"\"}");
    QCOMPARE(phase(), Phase::Live);
}

void TestGatewayLink::a_refused_identify_waits_before_the_next()
{
    m_socket->hello();
    m_socket->say("{\"op\":9,\"d\":false,\"s\":null,\"t\":null}");
    QCOMPARE(phase(), Phase::Waiting);
    QTRY_COMPARE(m_socket->urls.size(), 2);
}

void TestGatewayLink::it_comes_back_when_the_server_asks_for_it()
{
    goLive();
    m_socket->say("{\"op\":7,\"d\":null,\"s\":null,\"t\":null}");
    QTRY_COMPARE(m_socket->urls.size(), 2);
    m_socket->sent.clear();
    m_socket->hello();
    QCOMPARE(m_socket->opcodes().front(), int(Opcode::Resume));
}

void TestGatewayLink::a_session_the_server_ended_is_not_resumed()
{
    goLive();
    m_socket->breakOff(1001, u"going away"_qs);
    QTRY_COMPARE(m_socket->urls.size(), 2);
    QCOMPARE(m_socket->urls.last().host(), u"gateway.example"_qs);
    m_socket->sent.clear();
    m_socket->hello();
    QCOMPARE(m_socket->opcodes().front(), int(Opcode::Identify));
}

void TestGatewayLink::it_tries_the_common_address_when_the_nodes_own_is_gone()
{
    goLive();
    m_socket->breakOff();
    QTRY_COMPARE(m_socket->urls.size(), 2);
    m_socket->breakOff(); // nobody there
    QTRY_COMPARE(m_socket->urls.size(), 3);
    QCOMPARE(m_socket->urls.last().host(), u"gateway.example"_qs);
    m_socket->sent.clear();
    m_socket->hello();
    QCOMPARE(m_socket->opcodes().front(), int(Opcode::Resume)); // the session may have lived on
}

void TestGatewayLink::a_refused_token_is_not_tried_again()
{
    m_socket->hello();
    m_socket->breakOff(4004, u"Authentication failed."_qs);
    QCOMPARE(phase(), Phase::Refused);
    QVERIFY(m_link->status().signInAgain);
    QTest::qWait(150); // longer than the longest back-off of this test
    QCOMPARE(m_socket->urls.size(), 1);
}

void TestGatewayLink::retry_now_does_not_wait()
{
    goLive();
    m_socket->breakOff();
    m_link->retryNow();
    QCOMPARE(m_socket->urls.size(), 2);
    QCOMPARE(phase(), Phase::Connecting);
}

void TestGatewayLink::stop_ends_the_session()
{
    goLive();
    m_link->stop();
    QCOMPARE(m_socket->closeCodes, QList<quint16>{1000});
    QCOMPARE(phase(), Phase::Off);
    QTest::qWait(150);
    QCOMPARE(m_socket->urls.size(), 1);
}

void TestGatewayLink::a_frame_that_is_no_json_drops_the_connection_but_not_the_session()
{
    goLive();
    m_socket->say("{\"op\":");
    QTRY_COMPARE(m_socket->urls.size(), 2);
    m_socket->sent.clear();
    m_socket->hello();
    QCOMPARE(m_socket->opcodes().front(), int(Opcode::Resume));
}

QTEST_GUILESS_MAIN(TestGatewayLink)
#include "tst_gateway_link.moc"
