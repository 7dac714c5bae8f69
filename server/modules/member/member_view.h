// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "shared/dto/member.h"

namespace guildhall {

/// A membership as clients see it, made of what the rights keep of it and the person. Other modules
/// get these through member_service.h; none asks the database. @thread any

/// Without the person: what messages carry beside their author.
PartialMember toPartialMember(const MemberRecord &record);
Member toMember(const MemberRecord &record, const User &user);
/// As gateway events carry it.
GuildMember toGuildMember(GuildId guild, const MemberRecord &record, const User &user);

} // namespace guildhall
