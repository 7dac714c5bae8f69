# SPDX-License-Identifier: GPL-3.0-or-later
# guildhall_add_module(message
#     SOURCES message_module.cpp …
#     CALLS   channel permission      other modules whose x_service.h it may include
#     HEARS   guild                   other modules whose x_events.h it may include
#     QUERIES message                 files in sql/queries, without the ending
# )
# The lists are what tests/architecture checks every #include against.
function(guildhall_add_module name)
    cmake_parse_arguments(ARG "" "" "SOURCES;CALLS;HEARS;QUERIES;LIBRARIES" ${ARGN})
    set(target guildhall_${name})
    add_library(${target} STATIC ${ARG_SOURCES})
    target_link_libraries(${target} PUBLIC guildhall_gateway guildhall_infrastructure guildhall_shared guildhall_options ${ARG_LIBRARIES})
    foreach(other IN LISTS ARG_CALLS)
        target_link_libraries(${target} PUBLIC guildhall_${other})
    endforeach()
    foreach(file IN LISTS ARG_QUERIES)
        guildhall_add_queries(${target} ${file})
    endforeach()
    guildhall_reuse_pch(${target})
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_MODULES ${name})
endfunction()
