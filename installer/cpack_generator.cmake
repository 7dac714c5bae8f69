# SPDX-License-Identifier: GPL-3.0-or-later
# Read by CPack once for each generator. The tarball is an image of the root: without a staging folder
# its /etc would be written into the system that builds it.
if(CPACK_GENERATOR STREQUAL "TGZ")
    set(CPACK_SET_DESTDIR ON)
    set(CPACK_INSTALL_PREFIX /usr)
endif()

# The first line of a component's description is its own summary, not the project's before it.
set(CPACK_DEFAULT_PACKAGE_DESCRIPTION_SUMMARY "${CPACK_PACKAGE_DESCRIPTION_SUMMARY}")
