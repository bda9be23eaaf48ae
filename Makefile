# CLMS Explorer. Each target does its own set-up on Debian; see README.md.

PACKAGE := clms_explorer
VERSION := $(shell sed -n 's/^version=//p' metadata.txt)
ZIP     := dist/$(PACKAGE)-$(VERSION).zip
PYTHON  ?= /usr/bin/python3
PYTEST  := $(PYTHON) -m pytest -q -p no:cacheprovider
INSTALL := test/tools/install.sh
VENV    := build/venv/bin
QM      := $(patsubst %.ts,%.qm,$(wildcard i18n/*.ts))

.PHONY: demo run test test-unit test-qgis test-qt6 test-desktop test-debian13 check bench \
        translations package clean

demo:            ## the whole main job without a window; results in build/demo
	$(INSTALL) run
	$(PYTHON) test/demo/demo.py

run:             ## QGIS with the plugin, on the sandbox services
	$(INSTALL) run
	$(PYTHON) test/demo/run.py

test: test-unit test-qgis test-qt6 test-desktop

test-unit:       ## core alone, in plain Python
	$(INSTALL) test
	$(PYTEST) test/unit

test-qgis:       ## in real QGIS, without a screen
	$(INSTALL) test
	QT_QPA_PLATFORM=offscreen $(PYTEST) test/qgis

test-qt6:        ## item models and chart under Qt 6
	$(INSTALL) test qt6
	QT_QPA_PLATFORM=offscreen build/venv-qt6/bin/python -m pytest -q -p no:cacheprovider test/qt6

test-desktop:    ## in the real window: load, main job by clicks, unload, reload
	$(INSTALL) test
	$(PYTEST) test/desktop

test-debian13:   ## unit, QGIS and desktop tests with QGIS 3.40, Python 3.13, numpy 2
	test/tools/debian13.sh make test-unit test-qgis test-desktop

check:           ## lint, types, security scan, Qt 6, translations
	$(INSTALL) check
	$(VENV)/flake8 .
	$(VENV)/mypy --config-file .mypy.ini core
	$(VENV)/python test/tools/scan.py --bandit $(VENV)/bandit --secrets $(VENV)/detect-secrets-hook
	$(PYTHON) test/tools/qt6_static.py
	$(PYTHON) test/tools/translations.py --check $(wildcard i18n/*.ts)

bench:           ## the bars of the design, each beside its peer
	$(INSTALL) test
	$(PYTHON) test/bench/bench.py

translations:    ## update i18n/*.ts from the sources
	$(PYTHON) test/tools/translations.py $(wildcard i18n/*.ts)

i18n/%.qm: i18n/%.ts
	lrelease -silent $< -qm $@

package: $(QM)   ## the zip for the plugin repository, in dist/
	$(INSTALL) check
	$(PYTHON) test/tools/package.py $(ZIP) $(QM)
	$(VENV)/python test/tools/scan.py --bandit $(VENV)/bandit --secrets $(VENV)/detect-secrets-hook --zip $(ZIP)
	CLMS_EXPLORER_ZIP=$(abspath $(ZIP)) $(PYTEST) test/desktop/test_zip.py

clean:
	rm -rf build dist
