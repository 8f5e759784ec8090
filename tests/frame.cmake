# The program as its users meet it: transcripts, man pages, shells, signals and pipes.
if(NOT Python3_FOUND)
  find_package(Python3 COMPONENTS Interpreter REQUIRED)
endif()
set(binary $<TARGET_FILE:mailtrust>)
set(examples ${PROJECT_SOURCE_DIR}/examples)
if(NOT EXISTS ${examples})
  set(examples ${PROJECT_SOURCE_DIR})
endif()

file(GLOB transcripts CONFIGURE_DEPENDS commands/*.transcript ${PROJECT_SOURCE_DIR}/man/*.[15])
foreach(transcript ${transcripts})
  get_filename_component(name ${transcript} NAME)
  set(directory ${examples})
  if(name MATCHES "transcript$")
    set(directory ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  file(STRINGS ${transcript} has_commands REGEX "^\\$ " LIMIT_COUNT 1)
  if(has_commands)
    add_test(NAME transcript.${name}
             COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/transcripts.py
                     --mailtrust ${binary} --directory ${directory} ${transcript})
  endif()
endforeach()

add_test(NAME man.options COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/man_options.py
                                  --mailtrust ${binary} ${PROJECT_SOURCE_DIR}/man)
find_program(MANDOC mandoc)
if(MANDOC)
  add_test(NAME man.lint COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/man_lint.sh ${PROJECT_SOURCE_DIR}/man)
endif()
# Shells on a terminal wait more than they work, so each is a test of its own.
foreach(shell Scripts Tab.test_bash Tab.test_bash_with_the_package Tab.test_zsh)
  add_test(NAME shells.completion.${shell}
           COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/shells/completion_test.py
                   ${binary} ${PROJECT_SOURCE_DIR} ${shell})
endforeach()
add_test(NAME cli.process COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/cli/process_test.py
                                  ${binary})
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT MAILTRUST_SANITIZE)
  add_test(NAME cli.startup COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/cli/startup_test.py
                                    ${binary})
  set_tests_properties(cli.startup PROPERTIES RUN_SERIAL TRUE)
endif()
