#pragma once
// The texts of the catalogue, an array per area; only catalogue.cpp includes this.

#include "finding/area_abuse.hpp"
#include "finding/area_bounce.hpp"
#include "finding/area_complaint.hpp"
#include "finding/area_dkim.hpp"
#include "finding/area_dmarc.hpp"
#include "finding/area_ip.hpp"
#include "finding/area_list.hpp"
#include "finding/area_mx.hpp"
#include "finding/area_received.hpp"
#include "finding/area_report.hpp"
#include "finding/area_spf.hpp"
#include "finding/area_spf_result.hpp"
#include "finding/area_spf_tree.hpp"
#include "finding/area_verify.hpp"
