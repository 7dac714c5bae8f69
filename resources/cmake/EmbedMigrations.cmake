# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DFOLDER=sql/migrations -DOUTPUT=migrations.h -P EmbedMigrations.cmake
#
# Every NNNN_title.sql, in order, with its text and its SHA-256.
cmake_minimum_required(VERSION 3.25)

file(GLOB files "${FOLDER}/*.sql")
list(SORT files)
set(header "// Made from sql/migrations by EmbedMigrations.cmake.
#pragma once

#include \"server/infrastructure/database/migration.h\"

namespace guildhall::sql {

inline constexpr db::Migration migrations[] = {
")
set(previous "")
foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
        message(FATAL_ERROR "${file}: a migration is called NNNN_title.sql")
    endif()
    if(CMAKE_MATCH_1 STREQUAL previous)
        message(FATAL_ERROR "${file}: the number ${previous} is used twice")
    endif()
    set(previous ${CMAKE_MATCH_1})
    file(READ "${file}" text)
    file(SHA256 "${file}" hash)
    string(FIND "${text}" ")sql\"" delimiter)
    if(NOT delimiter EQUAL -1)
        message(FATAL_ERROR "${file}: the text contains )sql\"")
    endif()
    string(APPEND header "    {\"${name}\", \"${hash}\",\n     R\"sql(${text})sql\"},\n")
endforeach()
string(APPEND header "};\n\n} // namespace guildhall::sql\n")
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "@header@" @ONLY)
