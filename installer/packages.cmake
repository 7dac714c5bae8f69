# SPDX-License-Identifier: GPL-3.0-or-later
# CPack: a .deb for each component, and one tarball to unpack at the root of a system.
set(CPACK_PACKAGE_NAME guildhall)
set(CPACK_PACKAGE_VENDOR "The Guildhall developers")
set(CPACK_PACKAGE_CONTACT "The Guildhall developers <developers@guildhall.example>")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_SOURCE_DIR}/cpack_generator.cmake")

set(CPACK_COMPONENTS_ALL)
if(TARGET guildhalld)
    list(APPEND CPACK_COMPONENTS_ALL server)
endif()
if(TARGET guildhall-admin)
    list(APPEND CPACK_COMPONENTS_ALL admin)
endif()
if(NOT CPACK_COMPONENTS_ALL)
    return()
endif()

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(CPACK_DEBIAN_SERVER_PACKAGE_NAME guildhall-server)
set(CPACK_DEBIAN_SERVER_PACKAGE_SECTION net)
set(CPACK_COMPONENT_SERVER_DESCRIPTION "chat server, wire-compatible with Discord's bot API
Guildhall keeps guilds, channels, messages and members, and speaks to clients
and bots over HTTP and WebSocket. Without settings it runs a private PostgreSQL
of its own; a Redis server is needed only by several nodes.")
# The plug-in is loaded at run time and the server programs are started, so no library names them.
set(CPACK_DEBIAN_SERVER_PACKAGE_DEPENDS
    "postgresql-15 | postgresql, libqt6sql6-psql, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles")
set(CPACK_DEBIAN_SERVER_PACKAGE_SUGGESTS "nginx")
set(CPACK_DEBIAN_SERVER_PACKAGE_CONTROL_EXTRA
    "${CMAKE_CURRENT_SOURCE_DIR}/debian/server/conffiles"
    "${CMAKE_CURRENT_SOURCE_DIR}/debian/server/postinst"
    "${CMAKE_CURRENT_SOURCE_DIR}/debian/server/prerm"
    "${CMAKE_CURRENT_SOURCE_DIR}/debian/server/postrm")

set(CPACK_DEBIAN_ADMIN_PACKAGE_NAME guildhall-admin)
set(CPACK_DEBIAN_ADMIN_PACKAGE_SECTION net)
set(CPACK_COMPONENT_ADMIN_DESCRIPTION "desktop console for Guildhall chat servers
Guildhall Console shows and changes what a Guildhall server holds: people,
guilds, channels, roles, moderation and the audit log.")
set(CPACK_DEBIAN_ADMIN_PACKAGE_DEPENDS "libqt6svg6, hicolor-icon-theme")
set(CPACK_DEBIAN_ADMIN_PACKAGE_RECOMMENDS "gnome-keyring | kwalletmanager, qt6-wayland")

include(CPack)
