# SPDX-License-Identifier: GPL-3.0-or-later
# SQL files become compile-time constants; sql/README.md has their rules.
#
# guildhall_add_queries(target message …)   sql/queries/message.sql → "sql/queries/message.h",
#                                           guildhall::sql::message::insert_message
# guildhall_add_all_queries(target)         all of sql/queries/ → "sql/queries.h",
#                                           guildhall::sql::allQueries; for tests
# guildhall_add_migrations(target)          sql/migrations/*.sql → "sql/migrations.h",
#                                           guildhall::sql::migrations
# The headers are made again only when their text changes.
set(GUILDHALL_GENERATED_DIR "${CMAKE_BINARY_DIR}/generated")
set(GUILDHALL_SQL_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}")

# Makes `target` wait for the generator's target and find its header.
function(_guildhall_use_generated target generator)
    add_dependencies(${target} ${generator})
    target_include_directories(${target} PUBLIC "${GUILDHALL_GENERATED_DIR}")
endfunction()

# guildhall_generate_queries(<generator target> <sql file> <namespace> <header>): for files outside of
# sql/queries, such as a test's.
function(guildhall_generate_queries generator input namespace output)
    if(TARGET ${generator})
        return()
    endif()
    add_custom_command(
        OUTPUT "${output}"
        COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DNAMESPACE=${namespace} -DOUTPUT=${output}
                -P "${GUILDHALL_SQL_SCRIPTS}/GenerateQueries.cmake"
        DEPENDS "${input}" "${GUILDHALL_SQL_SCRIPTS}/GenerateQueries.cmake"
        COMMENT "SQL: ${namespace}"
        VERBATIM
    )
    # A target of its own, so that several targets can use one file.
    add_custom_target(${generator} DEPENDS "${output}")
endfunction()

function(guildhall_add_queries target)
    foreach(file IN LISTS ARGN)
        guildhall_generate_queries(
            guildhall_sql_${file}
            "${CMAKE_SOURCE_DIR}/sql/queries/${file}.sql"
            ${file}
            "${GUILDHALL_GENERATED_DIR}/sql/queries/${file}.h"
        )
        _guildhall_use_generated(${target} guildhall_sql_${file})
    endforeach()
endfunction()

function(guildhall_add_all_queries target)
    file(GLOB files CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/sql/queries" "${CMAKE_SOURCE_DIR}/sql/queries/*.sql")
    list(TRANSFORM files REPLACE "\\.sql$" "")
    guildhall_add_queries(${target} ${files})
    set(includes "")
    set(lists "")
    foreach(file IN LISTS files)
        string(APPEND includes "#include \"sql/queries/${file}.h\"\n")
        string(APPEND lists "    ${file}::everyQuery,\n")
    endforeach()
    file(CONFIGURE OUTPUT "${GUILDHALL_GENERATED_DIR}/sql/queries.h" @ONLY CONTENT
"// Made from the folder sql/queries by GuildhallSql.cmake.
#pragma once

@includes@
#include <span>

namespace guildhall::sql {

/// All statements of the product, file by file.
inline constexpr std::span<const db::Query *const> allQueries[] = {
@lists@};

} // namespace guildhall::sql
")
endfunction()

function(guildhall_add_migrations target)
    file(GLOB migrations CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/sql/migrations/*.sql")
    set(output "${GUILDHALL_GENERATED_DIR}/sql/migrations.h")
    if(NOT TARGET guildhall_sql_migrations)
        add_custom_command(
            OUTPUT "${output}"
            COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_SOURCE_DIR}/sql/migrations -DOUTPUT=${output}
                    -P "${GUILDHALL_SQL_SCRIPTS}/EmbedMigrations.cmake"
            DEPENDS ${migrations} "${GUILDHALL_SQL_SCRIPTS}/EmbedMigrations.cmake"
            COMMENT "SQL: migrations"
            VERBATIM
        )
        add_custom_target(guildhall_sql_migrations DEPENDS "${output}")
    endif()
    _guildhall_use_generated(${target} guildhall_sql_migrations)
endfunction()
