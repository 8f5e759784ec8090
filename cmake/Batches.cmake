# Compiling one file of each module together costs two thirds of compiling them alone, as they read the
# same headers. Never two files of one module: what they keep to themselves has the same names.
option(MAILTRUST_BATCHES "Compile files of different modules together" OFF)

# A module is a folder of lib/, the frame (cli/), or the commands.
# mailtrust_batches(OUT FILE...): OUT becomes generated files that include those, or the FILEs themselves.
function(mailtrust_batches out)
  if(NOT MAILTRUST_BATCHES)
    set(${out} ${ARGN} PARENT_SCOPE)
    return()
  endif()
  foreach(source ${ARGN})
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${source})
    string(REGEX MATCH "^(lib/)?[^/]+" module ${path})
    if(NOT DEFINED used_${module})
      set(used_${module} 0)
    endif()
    string(APPEND batch_${used_${module}} "#include \"${source}\"\n")
    math(EXPR used_${module} "${used_${module}} + 1")
  endforeach()
  # A file that another one includes looks like a header: what it keeps to itself is not shared all the same.
  set_property(DIRECTORY APPEND PROPERTY COMPILE_OPTIONS $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  set(batches)
  set(number 0)
  while(DEFINED batch_${number})
    set(batch ${CMAKE_CURRENT_BINARY_DIR}/batch_${number}.cpp)
    file(CONFIGURE OUTPUT ${batch} CONTENT "${batch_${number}}" @ONLY)
    list(APPEND batches ${batch})
    math(EXPR number "${number} + 1")
  endwhile()
  set(${out} ${batches} PARENT_SCOPE)
endfunction()
