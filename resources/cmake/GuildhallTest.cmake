# SPDX-License-Identifier: GPL-3.0-or-later
# guildhall_add_test(tst_codec LIBRARIES guildhall_shared [SOURCES more.cpp] [LABELS unit] [TIMEOUT 120])
# One Qt Test class per file; the file is <name>.cpp.
function(guildhall_add_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
    if(NOT GUILDHALL_TESTS)
        return()
    endif()
    find_package(Qt6 REQUIRED COMPONENTS Test)
    add_executable(${name} ${name}.cpp ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} guildhall_options Qt6::Test)
    target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    guildhall_reuse_pch(${name})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_LOGGING_RULES=qt.*.debug=false")
    if(guildhall_test_support IN_LIST ARG_LIBRARIES)
        # Keeps the PostgreSQL of the run up between tests; see tests/support/pg_cluster.h.
        set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED guildhall_database)
        # All of them together execute every query: tests/architecture/tst_queries_executed.cpp.
        set_property(GLOBAL APPEND PROPERTY GUILDHALL_DATABASE_TESTS ${name})
    endif()
endfunction()
