# Whole runs against live servers on loopback, and the house rules.
add_executable(zone_server system/zone_server.cpp)
target_link_libraries(zone_server PRIVATE mailtrust_settings mailtrust_lib)
target_include_directories(zone_server PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})

# The program that is installed, for what is long, and the one with ThreadSanitizer; ./dev test makes both first.
set(release_binary ${PROJECT_SOURCE_DIR}/build/release/cli/mailtrust)
set(tsan_binary ${PROJECT_SOURCE_DIR}/build/tsan/cli/mailtrust)

# script_test(NAME SCRIPT PROGRAM ARGUMENT...): a script of system/ on the program of this build. They start
# thousands of processes, and looking for leaks is a third of what such a one costs under AddressSanitizer: unit
# tests, transcripts, suites and corpora do it.
function(script_test name script)
  add_test(NAME ${name}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/${script} ${ARGN})
  set_tests_properties(${name} PROPERTIES ENVIRONMENT ASAN_OPTIONS=detect_leaks=0)
endfunction()

# The same on the program of another build; skipped where that is not there.
function(built_test name script program)
  add_test(NAME ${name}
           COMMAND sh -c "[ -x \"$2\" ] || exit 77; exec ${Python3_EXECUTABLE} \"$@\"" sh
                   ${CMAKE_CURRENT_SOURCE_DIR}/system/${script} ${program} ${ARGN})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
endfunction()

add_test(NAME house.structure COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/structure.py)
add_test(NAME house.promises
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/promises_test.py ${CMAKE_CTEST_COMMAND}
                 ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/promises.md)
script_test(system.live_suite live_suite_test.py ${binary} $<TARGET_FILE:zone_server>)
script_test(system.could_not_tell could_not_tell_test.py ${binary} $<TARGET_FILE:zone_server>)
# The configuration file says whom to ask.
script_test(system.config config_test.py ${binary} $<TARGET_FILE:zone_server>)
# A name server that lies, in every way of dns_faults.py: a few of them under sanitizers.
script_test(system.dns_faults dns_faults_test.py ${binary} $<TARGET_FILE:zone_server> --every 5)
built_test(system.dns_faults_release dns_faults_test.py ${release_binary} $<TARGET_FILE:zone_server>)
script_test(system.dns_bounds dns_bounds_test.py ${binary})
script_test(system.bulk bulk_test.py ${binary} $<TARGET_FILE:zone_server>)
script_test(system.provider_cache provider_cache_test.py ${binary} $<TARGET_FILE:zone_server>)

script_test(system.publish publish_test.py ${binary})

# DKIM between this program and others; without one of them it fails.
script_test(system.dkim_interop dkim_interop_test.py ${binary} $<TARGET_FILE:zone_server>)

script_test(system.ip ip_test.py ${binary} $<TARGET_FILE:zone_server>)

# The same on 500 domains under ThreadSanitizer, and what else has threads.
built_test(system.bulk_tsan bulk_test.py ${tsan_binary} $<TARGET_FILE:zone_server> --domains 500)
built_test(system.ip_tsan ip_test.py ${tsan_binary} $<TARGET_FILE:zone_server>)
built_test(system.match_tsan match_test.py ${tsan_binary}
           MatchTest.test_the_same_for_any_number_of_threads_and_any_source)

# Who answers for an address, beside registries of our own, honest and not.
script_test(system.abuse abuse_test.py ${binary})

script_test(system.registry_faults registry_faults_test.py ${binary})

# What the system sees of it: nobody is connected to, and no file opened, who was not named.
script_test(system.connections connections_test.py ${binary} $<TARGET_FILE:zone_server>)

# What Postfix and Exim write is read as it was; needs root.
script_test(system.received_live received_live_test.py ${binary} $<TARGET_FILE:zone_server>)

# What they bounce reads right, and their logs count right.
script_test(system.bounces_live bounces_live_test.py ${binary} $<TARGET_FILE:zone_server>)

# Matching and set work as a process, beside grepcidr and iprange.
script_test(system.match match_test.py ${binary} --rounds 5)
# Exports are read and obeyed by the programs they are for; skipped where one is not there.
foreach(program dns exim packet_filter postfix rspamd spamassassin web)
  script_test(system.export_${program} export_${program}_test.py ${binary})
  set_tests_properties(system.export_${program} PROPERTIES SKIP_RETURN_CODE 77)
endforeach()

# What is installed, by cmake and as a package. The second needs root and the archive, so it runs only
# when it is asked for: ./dev test-package, or ctest -C package.
add_test(NAME package.files
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/package/files_test.py
                 ${PROJECT_BINARY_DIR} ${binary})
add_test(NAME package.install CONFIGURATIONS package
         COMMAND sh -c "set -- \"$1\" ${PROJECT_SOURCE_DIR}/build/package/*.deb; [ -e \"$2\" ] || exit 77; exec \"$@\"" sh
                 ${CMAKE_CURRENT_SOURCE_DIR}/package/install_test.py)
set_tests_properties(package.install PROPERTIES SKIP_RETURN_CODE 77)

# The store: small under sanitizers, and as large as promised with the program that is installed.
script_test(system.store store_test.py ${binary} --lines 40000 --kills 6)
built_test(system.store_kills store_test.py ${release_binary} --lines 1000000 --kills 12 --only-large)

# Every writer of the store, killed at every change that it makes to a file and with the disk full from there on;
# a sample of that under sanitizers.
enable_language(C)
add_library(kill_at MODULE faults/kill_at.c)
target_compile_options(kill_at PRIVATE -Wall -Wextra -O2)
set(needs $<TARGET_FILE:zone_server> $<TARGET_FILE:kill_at>)
script_test(system.store_writers store_kill_test.py ${binary} ${needs} --every 61)
built_test(system.store_writers_release store_kill_test.py ${release_binary} ${needs} --every 11)
# What else may be at its path, damage of each page, modes, owners, clocks, and eight writers of everything.
script_test(system.store_files store_files_test.py ${binary} $<TARGET_FILE:kill_at> --every 12)
built_test(system.store_files_release store_files_test.py ${release_binary} $<TARGET_FILE:kill_at>)

# Messages without measure: bounded under sanitizers, and small with the program that is installed.
script_test(system.verify_limits verify_limits_test.py ${binary})
built_test(system.verify_limits_memory verify_limits_test.py ${release_binary} --peak 24)

# The limits of whole runs, each one below, at and one above; and the table of them in the manual.
built_test(system.limits limits_test.py ${release_binary})
add_test(NAME man.limits
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/limits_in_manual.py ${PROJECT_SOURCE_DIR})

# Complaints: read by Python's email package and Sisimai, sent by a program like sendmail.
script_test(system.abuse_report abuse_report_test.py ${binary})

# Bombs, deep XML, odd zips and wrong charsets beside good reports: bounded under sanitizers, and small
# with the program that is installed.
script_test(system.reports_hostile reports_hostile_test.py ${binary})
built_test(system.reports_hostile_memory reports_hostile_test.py ${release_binary} --peak 200)

# Logs that grow, are rotated and packed while runs are killed: each line counts once.
script_test(system.bounce_report bounce_report_test.py ${binary})

# Whatever call fails, the run ends by itself, honestly, and the store is whole: with sanitizers on a sample,
# and by the thousand with the program that is installed.
add_library(failing_calls MODULE faults/shim.cpp)
target_compile_features(failing_calls PRIVATE cxx_std_20)
target_compile_options(failing_calls PRIVATE -O2 -Wall -Wextra -U_FORTIFY_SOURCE)
set(needs --shim $<TARGET_FILE:failing_calls> --zone-server $<TARGET_FILE:zone_server>)
if(MAILTRUST_SANITIZE MATCHES address AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libasan.so
                  OUTPUT_VARIABLE asan OUTPUT_STRIP_TRAILING_WHITESPACE)
  script_test(system.failing_calls failing_calls_test.py ${binary} ${needs} --runtime ${asan} --skip-allocations
              --sample --calls-step 17 --only add --only spf-network --only report-zip --kind read --kind write
              --kind open --kind thread)
elseif(NOT MAILTRUST_SANITIZE)
  script_test(system.failing_calls failing_calls_test.py ${binary} ${needs} --step 997 --sample --calls-step 31)
endif()
built_test(system.failing_calls_all failing_calls_test.py ${release_binary} ${needs} --dense 15 --step 401
           --calls-step 23 --sample)

# What a bug would have to live with: flags of the program that is installed, and what the kernel
# refuses it.
built_test(system.hardening hardening_test.py ${release_binary})
# Whatever comes from outside, through each field of each command: all of them with the program that is
# installed, some under sanitizers.
script_test(system.escapes escapes_test.py ${binary} --part 15)
built_test(system.escapes_all escapes_test.py ${release_binary})

# Streams, signals and surroundings as they should not be, in the same two ways.
script_test(system.streams streams_test.py ${binary} --part 6)
built_test(system.streams_all streams_test.py ${release_binary})
script_test(system.signals signals_test.py ${binary} --runs 2)
built_test(system.signals_all signals_test.py ${release_binary} --runs 4)
script_test(system.surroundings surroundings_test.py ${binary})

# Those of this build that need root or programs of others.
set_tests_properties(system.live_suite system.publish system.connections system.received_live
  system.bounces_live PROPERTIES SKIP_RETURN_CODE 77)

# The longest begin first, so that none of them runs alone at the end.
set_tests_properties(system.dkim_interop system.publish system.streams_all system.failing_calls_all
                     system.surroundings system.registry_faults system.match_tsan system.limits
                     system.store_files system.store_writers unit.list PROPERTIES COST 60)
