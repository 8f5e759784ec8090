# Whole runs against live servers on loopback, and the house rules.
add_executable(zone_server system/zone_server.cpp)
target_link_libraries(zone_server PRIVATE mailtrust_settings mailtrust_lib)
target_include_directories(zone_server PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})

# The program that is installed, for what is long; ./dev test makes it first.
set(release_binary ${PROJECT_SOURCE_DIR}/build/release/cli/mailtrust)

add_test(NAME house.structure COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/structure.py)
add_test(NAME house.promises
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/promises_test.py ${CMAKE_CTEST_COMMAND}
                 ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/promises.md)
add_test(NAME system.live_suite
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/live_suite_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
set_tests_properties(system.live_suite PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME system.could_not_tell
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/could_not_tell_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
# The configuration file says whom to ask.
add_test(NAME system.config
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/config_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
# A name server that lies, in every way of dns_faults.py: a few of them under sanitizers.
add_test(NAME system.dns_faults
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/dns_faults_test.py
                 ${binary} $<TARGET_FILE:zone_server> --every 5)
add_test(NAME system.dns_faults_release
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/dns_faults_test.py
                 ${release_binary} $<TARGET_FILE:zone_server>)
set_tests_properties(system.dns_faults_release PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME system.dns_bounds
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/dns_bounds_test.py ${binary})
add_test(NAME system.bulk
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/bulk_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
add_test(NAME system.provider_cache
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/provider_cache_test.py
                 ${binary} $<TARGET_FILE:zone_server>)

add_test(NAME system.publish
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/publish_test.py ${binary})
set_tests_properties(system.publish PROPERTIES SKIP_RETURN_CODE 77)

# DKIM between this program and others; without one of them it fails.
add_test(NAME system.dkim_interop
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/dkim_interop_test.py
                 ${binary} $<TARGET_FILE:zone_server>)

add_test(NAME system.ip
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/ip_test.py
                 ${binary} $<TARGET_FILE:zone_server>)

# The same on 500 domains under ThreadSanitizer, where that build is there (./dev test makes it).
set(tsan_binary ${PROJECT_SOURCE_DIR}/build/tsan/cli/mailtrust)
add_test(NAME system.bulk_tsan
         COMMAND sh -c "[ -x ${tsan_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/bulk_test.py
                 ${tsan_binary} $<TARGET_FILE:zone_server> --domains 500)
set_tests_properties(system.bulk_tsan PROPERTIES SKIP_RETURN_CODE 77)

# Who answers for an address, beside registries of our own, honest and not.
add_test(NAME system.abuse
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/abuse_test.py ${binary})

add_test(NAME system.registry_faults
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/registry_faults_test.py ${binary})

# What the system sees of it: nobody is connected to, and no file opened, who was not named.
add_test(NAME system.connections
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/connections_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
set_tests_properties(system.connections PROPERTIES SKIP_RETURN_CODE 77)

# What Postfix and Exim write is read as it was; needs root.
add_test(NAME system.received_live
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/received_live_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
set_tests_properties(system.received_live PROPERTIES SKIP_RETURN_CODE 77)

# What they bounce reads right, and their logs count right.
add_test(NAME system.bounces_live
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/bounces_live_test.py
                 ${binary} $<TARGET_FILE:zone_server>)
set_tests_properties(system.bounces_live PROPERTIES SKIP_RETURN_CODE 77)

# Matching and set work as a process, beside grepcidr and iprange.
add_test(NAME system.match
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/match_test.py ${binary} --rounds 5)
# Exports are read and obeyed by the programs they are for; skipped where one is not there.
foreach(program dns exim packet_filter postfix rspamd spamassassin web)
  add_test(NAME system.export_${program}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/export_${program}_test.py
                   ${binary})
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

# The store: small under sanitizers, and as large as promised with the program that is installed
# (./dev test makes it first).
add_test(NAME system.store
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/store_test.py
                 ${binary} --lines 40000 --kills 6)
add_test(NAME system.store_kills
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/store_test.py
                 ${release_binary} --lines 1000000 --kills 12 --only-large)
set_tests_properties(system.store_kills PROPERTIES SKIP_RETURN_CODE 77)

# Every writer of the store, killed at every change that it makes to a file and with the disk full from there on;
# a sample of that under sanitizers.
enable_language(C)
add_library(kill_at MODULE faults/kill_at.c)
target_compile_options(kill_at PRIVATE -Wall -Wextra -O2)
set(writers ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/store_kill_test.py)
add_test(NAME system.store_writers
         COMMAND ${writers} ${binary} $<TARGET_FILE:zone_server> $<TARGET_FILE:kill_at> --every 61)
add_test(NAME system.store_writers_release
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${writers} ${release_binary} $<TARGET_FILE:zone_server> $<TARGET_FILE:kill_at> --every 11)
set_tests_properties(system.store_writers_release PROPERTIES SKIP_RETURN_CODE 77)
# What else may be at its path, damage of each page, modes, owners, clocks, and eight writers of everything.
set(files ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/store_files_test.py)
add_test(NAME system.store_files COMMAND ${files} ${binary} $<TARGET_FILE:kill_at> --every 12)
add_test(NAME system.store_files_release
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${files} ${release_binary} $<TARGET_FILE:kill_at>)
set_tests_properties(system.store_files_release PROPERTIES SKIP_RETURN_CODE 77)

# Messages without measure: bounded under sanitizers, and small with the program that is installed.
add_test(NAME system.verify_limits
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/verify_limits_test.py ${binary})
add_test(NAME system.verify_limits_memory
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/verify_limits_test.py
                 ${release_binary} --peak 24)
set_tests_properties(system.verify_limits_memory PROPERTIES SKIP_RETURN_CODE 77)

# The limits of whole runs, each one below, at and one above; and the table of them in the manual.
add_test(NAME system.limits
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/limits_test.py
                 ${release_binary})
set_tests_properties(system.limits PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME man.limits
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/limits_in_manual.py ${PROJECT_SOURCE_DIR})

# Complaints: read by Python's email package and Sisimai, sent by a program like sendmail.
add_test(NAME system.abuse_report
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/abuse_report_test.py ${binary})

# Bombs, deep XML, odd zips and wrong charsets beside good reports: bounded under sanitizers, and small
# with the program that is installed.
add_test(NAME system.reports_hostile
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/reports_hostile_test.py ${binary})
add_test(NAME system.reports_hostile_memory
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/reports_hostile_test.py
                 ${release_binary} --peak 200)
set_tests_properties(system.reports_hostile_memory PROPERTIES SKIP_RETURN_CODE 77)

# Logs that grow, are rotated and packed while runs are killed: each line counts once.
add_test(NAME system.bounce_report
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/bounce_report_test.py ${binary})

# Whatever call fails, the run ends by itself, honestly, and the store is whole: with sanitizers on a sample,
# and by the thousand with the program that is installed.
add_library(failing_calls MODULE faults/shim.cpp)
target_compile_features(failing_calls PRIVATE cxx_std_20)
target_compile_options(failing_calls PRIVATE -O2 -Wall -Wextra -U_FORTIFY_SOURCE)
set(failing_calls ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/failing_calls_test.py
    --shim $<TARGET_FILE:failing_calls> --zone-server $<TARGET_FILE:zone_server>)
if(MAILTRUST_SANITIZE MATCHES address AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libasan.so
                  OUTPUT_VARIABLE asan OUTPUT_STRIP_TRAILING_WHITESPACE)
  add_test(NAME system.failing_calls
           COMMAND ${failing_calls} --runtime ${asan} --skip-allocations --sample --calls-step 17
                   --only add --only spf-network --only report-zip --kind read --kind write --kind open --kind thread
                   ${binary})
elseif(NOT MAILTRUST_SANITIZE)
  add_test(NAME system.failing_calls COMMAND ${failing_calls} --step 997 --sample --calls-step 31 ${binary})
endif()
add_test(NAME system.failing_calls_all
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${failing_calls} --dense 15 --step 401 --calls-step 23 --sample ${release_binary})
set_tests_properties(system.failing_calls_all PROPERTIES SKIP_RETURN_CODE 77)

# What a bug would have to live with: flags of the program that is installed, and what the kernel
# refuses it.
add_test(NAME system.hardening
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/hardening_test.py
                 ${release_binary})
set_tests_properties(system.hardening PROPERTIES SKIP_RETURN_CODE 77)
# Whatever comes from outside, through each field of each command: all of them with the program that is
# installed, some under sanitizers.
add_test(NAME system.escapes
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/escapes_test.py ${binary}
                 --part 15)
add_test(NAME system.escapes_all
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/escapes_test.py ${release_binary})
set_tests_properties(system.escapes_all PROPERTIES SKIP_RETURN_CODE 77)

# Streams, signals and surroundings as they should not be, in the same two ways.
add_test(NAME system.streams
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/streams_test.py ${binary}
                 --part 6)
add_test(NAME system.streams_all
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/streams_test.py ${release_binary})
set_tests_properties(system.streams_all PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME system.signals
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/signals_test.py ${binary}
                 --runs 2)
add_test(NAME system.signals_all
         COMMAND sh -c "[ -x ${release_binary} ] || exit 77; exec \"$@\"" sh
                 ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/system/signals_test.py ${release_binary}
                 --runs 4)
set_tests_properties(system.signals_all PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME system.surroundings
         COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/system/surroundings_test.py ${binary})
