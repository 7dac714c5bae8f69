<!-- SPDX-License-Identifier: GPL-3.0-or-later
     English has plural forms only; the texts themselves stand in the code. -->
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>TimeText</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n month ago</numerusform>
            <numerusform>%n months ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n year ago</numerusform>
            <numerusform>%n years ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Try again in %n second.</numerusform>
            <numerusform>Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::GuildsPage</name>
    <message numerus="yes">
        <source>%n guild(s)</source>
        <translation>
            <numerusform>%n guild</numerusform>
            <numerusform>%n guilds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::MembersPage</name>
    <message numerus="yes">
        <source>%n member(s) kicked.</source>
        <translation>
            <numerusform>%n member kicked.</numerusform>
            <numerusform>%n members kicked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kick %n member(s)…</source>
        <translation>
            <numerusform>Kick %n member…</numerusform>
            <numerusform>Kick %n members…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped: %n member(s) stay.</source>
        <translation>
            <numerusform>Stopped: %n member stays.</numerusform>
            <numerusform>Stopped: %n members stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server asks to wait; it goes on in %n second(s).</source>
        <translation>
            <numerusform>The server asks to wait; it goes on in %n second.</numerusform>
            <numerusform>The server asks to wait; it goes on in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::KickDialog</name>
    <message numerus="yes">
        <source>Kick %n member(s)</source>
        <translation>
            <numerusform>Kick %n member</numerusform>
            <numerusform>Kick %n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::ReviewDialog</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::RolesPage</name>
    <message numerus="yes">
        <source>%1 · %n role(s)</source>
        <translation>
            <numerusform>%1 · %n role</numerusform>
            <numerusform>%1 · %n roles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Applying: the server asks to wait; it goes on in %n second(s).</source>
        <translation>
            <numerusform>Applying: the server asks to wait; it goes on in %n second.</numerusform>
            <numerusform>Applying: the server asks to wait; it goes on in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::DeleteRoleDialog</name>
    <message numerus="yes">
        <source>%n member(s) lose it.</source>
        <translation>
            <numerusform>%n member loses it.</numerusform>
            <numerusform>%n members lose it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s) have settings for it, which go too.</source>
        <translation>
            <numerusform>%n channel has settings for it, which go too.</numerusform>
            <numerusform>%n channels have settings for it, which go too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::DraftBar</name>
    <message numerus="yes">
        <source>%n change(s) not applied yet</source>
        <translation>
            <numerusform>%n change not applied yet</numerusform>
            <numerusform>%n changes not applied yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::console::MemberCard</name>
    <message numerus="yes">
        <source>%n member(s) chosen</source>
        <translation>
            <numerusform>%n member chosen</numerusform>
            <numerusform>%n members chosen</numerusform>
        </translation>
    </message>
</context>
</TS>
