// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/message.h"

namespace guildhall::json {

void Codec<std::shared_ptr<const Message>>::write(Writer &out,
                                                  const std::shared_ptr<const Message> &message)
{
    Codec<Message>::write(out, *message);
}

void Codec<std::shared_ptr<const Message>>::read(const Value &in,
                                                 std::shared_ptr<const Message> &message,
                                                 Decoder &decoder)
{
    auto read = std::make_shared<Message>();
    Codec<Message>::read(in, *read, decoder);
    message = std::move(read);
}

} // namespace guildhall::json
