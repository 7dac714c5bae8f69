# SPDX-License-Identifier: GPL-3.0-or-later
# One interface target carries what every target of ours is compiled with.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql WebSockets HttpServer)
find_package(Threads REQUIRED)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTOUIC ON)
set(CMAKE_AUTORCC ON)
# -fPIC for everything, executables too, so that one precompiled header serves all targets.
add_compile_options(-fPIC)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(guildhall_options INTERFACE)
target_include_directories(guildhall_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(guildhall_options INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_CONTEXTLESS_CONNECT
    QT_NO_KEYWORDS
    QT_STRICT_ITERATORS
    GUILDHALL_VERSION="${PROJECT_VERSION}"
)
target_compile_options(guildhall_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${GUILDHALL_WERROR}>:-Werror>
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports both inside its own headers under -O2, on paths that cannot be taken.
    target_compile_options(guildhall_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(GUILDHALL_SANITIZE)
    target_compile_options(guildhall_options INTERFACE -fsanitize=${GUILDHALL_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(guildhall_options INTERFACE -fsanitize=${GUILDHALL_SANITIZE})
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
    target_compile_options(guildhall_options INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection)
    target_link_options(guildhall_options INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
endif()
target_link_libraries(guildhall_options INTERFACE Threads::Threads)

find_program(GUILDHALL_LINKER NAMES mold ld.lld)
if(GUILDHALL_LINKER MATCHES "mold$")
    add_link_options(-fuse-ld=mold)
elseif(GUILDHALL_LINKER)
    add_link_options(-fuse-ld=lld)
endif()

# One precompiled header of what nearly every source includes, built once.
file(WRITE "${CMAKE_BINARY_DIR}/pch_anchor.cpp.in" "// nothing: the target exists for its precompiled header\n")
configure_file("${CMAKE_BINARY_DIR}/pch_anchor.cpp.in" "${CMAKE_BINARY_DIR}/pch_anchor.cpp" COPYONLY)
add_library(guildhall_pch STATIC "${CMAKE_BINARY_DIR}/pch_anchor.cpp")
set_target_properties(guildhall_pch PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
target_link_libraries(guildhall_pch PRIVATE guildhall_options Qt6::Core)
target_precompile_headers(guildhall_pch PRIVATE
    <QByteArray> <QDebug> <QHash> <QList> <QObject> <QSharedPointer> <QString> <QStringList> <QVariant>
    <algorithm> <array> <atomic> <chrono> <functional> <map> <memory> <mutex> <optional> <span>
    <string> <string_view> <unordered_map> <utility> <vector>)

function(guildhall_reuse_pch target)
    target_precompile_headers(${target} REUSE_FROM guildhall_pch)
endfunction()
