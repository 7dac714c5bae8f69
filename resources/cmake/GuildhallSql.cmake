# SPDX-License-Identifier: GPL-3.0-or-later
function(guildhall_add_queries target file)
endfunction()
