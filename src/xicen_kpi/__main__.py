"""`python -m xicen_kpi`, the same as `xicen-kpi`."""

from __future__ import annotations

import sys

from xicen_kpi.cli import main

sys.exit(main())
