# What is installed, by hand and by the package: the program, its manual, completions, examples,
# units that nobody starts but an administrator.
install(TARGETS mailtrust RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
file(GLOB man_pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.1)
install(FILES ${man_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES man/mailtrust.conf.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)

install(FILES completions/mailtrust.bash RENAME mailtrust
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES completions/_mailtrust DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES completions/mailtrust.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

install(DIRECTORY examples/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/mailtrust/examples
        PATTERN systemd EXCLUDE)
set(MAILTRUST_UNITS lib/systemd/system CACHE STRING "Where units of systemd are installed")
install(DIRECTORY examples/systemd/ DESTINATION ${MAILTRUST_UNITS})

# One place for every prefix: the program looks nowhere else. What an administrator wrote there stays.
install(CODE "set(example ${PROJECT_SOURCE_DIR}/examples/mailtrust.conf)")
install(CODE [[
  if(NOT EXISTS "$ENV{DESTDIR}/etc/mailtrust.conf" AND CMAKE_INSTALL_PREFIX MATCHES "^/usr(/local)?/?$")
    file(INSTALL "${example}" DESTINATION /etc)
  endif()]])
