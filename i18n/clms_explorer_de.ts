<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
 <context>
  <name>AboutForm</name>
  <message>
   <source>Coverage</source>
   <translation>Abdeckung</translation>
  </message>
  <message>
   <source>Years</source>
   <translation>Jahre</translation>
  </message>
  <message>
   <source>Update rhythm</source>
   <translation>Aktualisierung</translation>
  </message>
  <message>
   <source>Resolution</source>
   <translation>Auflösung</translation>
  </message>
  <message>
   <source>Formats</source>
   <translation>Formate</translation>
  </message>
  <message>
   <source>Projection</source>
   <translation>Projektion</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>Product</source>
   <translation>Produkt</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Free, full and open. Name the source.</source>
   <translation>Frei, vollständig und offen. Quelle nennen.</translation>
  </message>
  <message>
   <source>{coverage}; does not reach {area}</source>
   <translation>{coverage}; reicht nicht bis {area}</translation>
  </message>
  <message>
   <source>{year} (images {start}–{end})</source>
   <translation>{year} (Aufnahmen {start}–{end})</translation>
  </message>
  <message>
   <source>Copy citation</source>
   <translation>Zitat kopieren</translation>
  </message>
  <message>
   <source>Copy BibTeX</source>
   <translation>BibTeX kopieren</translation>
  </message>
  <message>
   <source>Citation</source>
   <translation>Zitat</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <source>In the same family</source>
   <translation>Aus derselben Familie</translation>
  </message>
  <message>
   <source>all {count}</source>
   <translation>alle {count}</translation>
  </message>
 </context>
 <context>
  <name>AddressFields</name>
  <message>
   <source>CLMS portal</source>
   <translation>CLMS-Portal</translation>
  </message>
  <message>
   <source>EGMS archive</source>
   <translation>EGMS-Archiv</translation>
  </message>
  <message>
   <source>Region outlines</source>
   <translation>Umrisse der Regionen</translation>
  </message>
  <message>
   <source>{address} is used, because {variable} is set.</source>
   <translation>{address} wird verwendet, weil {variable} gesetzt ist.</translation>
  </message>
 </context>
 <context>
  <name>AreaBar</name>
  <message>
   <source>Zoom to the area</source>
   <translation>Auf das Gebiet zoomen</translation>
  </message>
  <message>
   <source>No area yet</source>
   <translation>Noch kein Gebiet</translation>
  </message>
  <message>
   <source>The whole catalogue is shown</source>
   <translation>Der ganze Katalog wird gezeigt</translation>
  </message>
  <message>
   <source>Set area</source>
   <translation>Gebiet wählen</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
 </context>
 <context>
  <name>AreaMenu</name>
  <message>
   <source>Draw a box</source>
   <translation>Rechteck zeichnen</translation>
  </message>
  <message>
   <source>Draw a polygon</source>
   <translation>Polygon zeichnen</translation>
  </message>
  <message>
   <source>NUTS region…</source>
   <translation>NUTS-Region…</translation>
  </message>
  <message>
   <source>Country…</source>
   <translation>Land…</translation>
  </message>
  <message>
   <source>Use the map view</source>
   <translation>Kartenausschnitt verwenden</translation>
  </message>
  <message>
   <source>Selected features</source>
   <translation>Gewählte Objekte</translation>
  </message>
  <message>
   <source>Layer extent…</source>
   <translation>Layerausdehnung…</translation>
  </message>
  <message>
   <source>Coordinates…</source>
   <translation>Koordinaten…</translation>
  </message>
  <message>
   <source>Recent areas</source>
   <translation>Letzte Gebiete</translation>
  </message>
  <message>
   <source>Select features in the current layer first</source>
   <translation>Zuerst im aktuellen Layer Objekte wählen</translation>
  </message>
 </context>
 <context>
  <name>AreaWays</name>
  <message>
   <source>Getting the outline of {name}</source>
   <translation>Umriss von {name} wird geholt</translation>
  </message>
  <message>
   <source>Drag a box on the map</source>
   <translation>Auf der Karte ein Rechteck aufziehen</translation>
  </message>
  <message>
   <source>Esc stops</source>
   <translation>Esc bricht ab</translation>
  </message>
  <message>
   <source>Click the corners</source>
   <translation>Die Ecken anklicken</translation>
  </message>
  <message>
   <source>Right click ends · Esc stops</source>
   <translation>Rechtsklick beendet · Esc bricht ab</translation>
  </message>
  <message>
   <source>Putting the features together</source>
   <translation>Objekte werden vereinigt</translation>
  </message>
  <message>
   <source>Area from features</source>
   <translation>Gebiet aus Objekten</translation>
  </message>
 </context>
 <context>
  <name>AreaWords</name>
  <message>
   <source>NUTS region</source>
   <translation>NUTS-Region</translation>
  </message>
  <message>
   <source>Country</source>
   <translation>Land</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>Polygon</translation>
  </message>
  <message>
   <source>Map view</source>
   <translation>Kartenausschnitt</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>Layer</translation>
  </message>
  <message>
   <source>Selected features</source>
   <translation>Gewählte Objekte</translation>
  </message>
  <message>
   <source>NUTS {code}</source>
   <translation>NUTS {code}</translation>
  </message>
  <message>
   <source>{degrees}° N</source>
   <translation>{degrees}° N</translation>
  </message>
  <message>
   <source>{degrees}° S</source>
   <translation>{degrees}° S</translation>
  </message>
  <message>
   <source>{degrees}° E</source>
   <translation>{degrees}° O</translation>
  </message>
  <message>
   <source>{degrees}° W</source>
   <translation>{degrees}° W</translation>
  </message>
 </context>
 <context>
  <name>BrowserItems</name>
  <message>
   <source>Catalogue</source>
   <translation>Katalog</translation>
  </message>
  <message>
   <source>Library</source>
   <translation>Bibliothek</translation>
  </message>
  <message>
   <source>The catalogue was not read yet. Open CLMS Explorer once.</source>
   <translation>Der Katalog wurde noch nicht gelesen. CLMS Explorer einmal öffnen.</translation>
  </message>
  <message>
   <source>No files on disk yet.</source>
   <translation>Noch keine Dateien auf diesem Rechner.</translation>
  </message>
  <message>
   <source>The files are no longer there, or no layers.</source>
   <translation>Die Dateien sind nicht mehr da oder sind keine Layer.</translation>
  </message>
  <message>
   <source>Map service (WMS)</source>
   <translation>Kartendienst (WMS)</translation>
  </message>
  <message>
   <source>Map service (WMTS)</source>
   <translation>Kartendienst (WMTS)</translation>
  </message>
  <message>
   <source>Map service (ArcGIS)</source>
   <translation>Kartendienst (ArcGIS)</translation>
  </message>
  <message>
   <source>Map tiles</source>
   <translation>Kartenkacheln</translation>
  </message>
 </context>
 <context>
  <name>CardDelegate</name>
  <message>
   <source>Add to map</source>
   <translation>Zur Karte hinzufügen</translation>
  </message>
  <message>
   <source>Add to cart</source>
   <translation>In den Warenkorb</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
 </context>
 <context>
  <name>Cart</name>
  <message>
   <source>Prepackaged file</source>
   <translation>Fertige Datei</translation>
  </message>
  <message>
   <source>{count} prepackaged files</source>
   <translation>{count} fertige Dateien</translation>
  </message>
  <message>
   <source>{start} to {end}</source>
   <translation>{start} bis {end}</translation>
  </message>
  <message>
   <source>Split into {count} orders of at most {days} days</source>
   <translation>Aufgeteilt in {count} Bestellungen von höchstens {days} Tagen</translation>
  </message>
  <message>
   <source>Split into {count} orders</source>
   <translation>Aufgeteilt in {count} Bestellungen</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>{count} files</source>
   <translation>{count} Dateien</translation>
  </message>
  <message>
   <source>version {number}</source>
   <translation>Version {number}</translation>
  </message>
 </context>
 <context>
  <name>CartPanel</name>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Take the selected datasets out of the cart</source>
   <translation>Gewählte Datensätze aus dem Warenkorb nehmen</translation>
  </message>
  <message>
   <source>Same options for all</source>
   <translation>Gleiche Optionen für alle</translation>
  </message>
  <message>
   <source>Use format, projection and clipping of the current dataset for all others, as far as they can be ordered so</source>
   <translation>Format, Projektion und Zuschnitt des aktuellen Datensatzes für alle anderen übernehmen, soweit sie so bestellbar sind</translation>
  </message>
  <message>
   <source>Send orders</source>
   <translation>Bestellungen senden</translation>
  </message>
  <message>
   <source>The cart is empty</source>
   <translation>Der Warenkorb ist leer</translation>
  </message>
  <message>
   <source>Add datasets with “Add to cart” in the catalogue. One order can hold many.</source>
   <translation>Datensätze im Katalog mit „In den Warenkorb“ hinzufügen. Eine Bestellung kann viele enthalten.</translation>
  </message>
  <message>
   <source>Go to the catalogue</source>
   <translation>Zum Katalog</translation>
  </message>
  <message>
   <source>1 item, about {size}</source>
   <translation>1 Eintrag, etwa {size}</translation>
  </message>
  <message>
   <source>1 item</source>
   <translation>1 Eintrag</translation>
  </message>
  <message>
   <source>{count} items, about {size}</source>
   <translation>{count} Einträge, etwa {size}</translation>
  </message>
  <message>
   <source>{count} items</source>
   <translation>{count} Einträge</translation>
  </message>
  <message>
   <source>1 order</source>
   <translation>1 Bestellung</translation>
  </message>
  <message>
   <source>{count} orders</source>
   <translation>{count} Bestellungen</translation>
  </message>
  <message>
   <source>1 cannot be ordered so</source>
   <translation>1 ist so nicht bestellbar</translation>
  </message>
  <message>
   <source>{count} cannot be ordered so</source>
   <translation>{count} sind so nicht bestellbar</translation>
  </message>
  <message>
   <source>{size} free on disk</source>
   <translation>{size} Speicherplatz frei</translation>
  </message>
 </context>
 <context>
  <name>CatalogueModel</name>
  <message>
   <source>On disk for {area}</source>
   <translation>Vorhanden für {area}</translation>
  </message>
  <message>
   <source>On disk</source>
   <translation>Vorhanden</translation>
  </message>
 </context>
 <context>
  <name>CatalogueNote</name>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>To order and download data you need a service key from land.copernicus.eu. It is free and takes two minutes. Searching and viewing work without it.</source>
   <translation>Zum Bestellen und Herunterladen ist ein Zugangsschlüssel (Service Key) von land.copernicus.eu nötig. Er ist kostenlos und in zwei Minuten angelegt. Suchen und Ansehen geht ohne ihn.</translation>
  </message>
  <message>
   <source>Import key file…</source>
   <translation>Schlüssel importieren…</translation>
  </message>
  <message>
   <source>How to get one</source>
   <translation>Anleitung</translation>
  </message>
  <message>
   <source>No connection. Orders wait in the cart until you are back online.</source>
   <translation>Keine Verbindung. Bestellungen warten im Warenkorb, bis die Verbindung wieder steht.</translation>
  </message>
  <message>
   <source>No connection. You see the catalogue of {day}, {age} days old. Orders wait in the cart until you are back online.</source>
   <translation>Keine Verbindung. Stand des Katalogs: {day}, {age} Tage alt. Bestellungen warten im Warenkorb, bis die Verbindung wieder steht.</translation>
  </message>
  <message>
   <source>No connection. You see the catalogue of {day}. Orders wait in the cart until you are back online.</source>
   <translation>Keine Verbindung. Stand des Katalogs: {day}. Bestellungen warten im Warenkorb, bis die Verbindung wieder steht.</translation>
  </message>
 </context>
 <context>
  <name>Chart</name>
  <message>
   <source>Chart of the motion history</source>
   <translation>Diagramm des Bewegungsverlaufs</translation>
  </message>
 </context>
 <context>
  <name>ClmsExplorerPlugin</name>
  <message>
   <source>CLMS Explorer</source>
   <translation>CLMS Explorer</translation>
  </message>
  <message>
   <source>CLMS Explorer: find, order and map land data</source>
   <translation>CLMS Explorer: Landdaten finden, bestellen und auf die Karte bringen</translation>
  </message>
  <message>
   <source>Print layout of the map</source>
   <translation>Drucklayout der Karte</translation>
  </message>
  <message>
   <source>Start CLMS Explorer</source>
   <translation>CLMS Explorer starten</translation>
  </message>
  <message>
   <source>CLMS Explorer needs the Python package “{name}”. Install it for the Python of QGIS, for example with: python3 -m pip install {name}</source>
   <translation>CLMS Explorer braucht das Python-Paket „{name}“. Für das Python von QGIS installieren, zum Beispiel mit: python3 -m pip install {name}</translation>
  </message>
  <message>
   <source>Saved as {path}</source>
   <translation>Gespeichert als {path}</translation>
  </message>
 </context>
 <context>
  <name>ClmsFilter</name>
  <message>
   <source>CLMS Explorer</source>
   <translation>CLMS Explorer</translation>
  </message>
  <message>
   <source>Datasets</source>
   <translation>Datensätze</translation>
  </message>
  <message>
   <source>NUTS {level}, {country}</source>
   <translation>NUTS {level}, {country}</translation>
  </message>
  <message>
   <source>Country</source>
   <translation>Land</translation>
  </message>
  <message>
   <source>Areas</source>
   <translation>Gebiete</translation>
  </message>
  <message>
   <source>On disk</source>
   <translation>Vorhanden</translation>
  </message>
 </context>
 <context>
  <name>CollectionChoice</name>
  <message>
   <source>Prepackaged files</source>
   <translation>Fertige Dateien</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>{count} files</source>
   <translation>{count} Dateien</translation>
  </message>
  <message>
   <source>{smallest} to {largest}</source>
   <translation>{smallest} bis {largest}</translation>
  </message>
  <message>
   <source>no waiting</source>
   <translation>keine Wartezeit</translation>
  </message>
  <message>
   <source>version {number}</source>
   <translation>Version {number}</translation>
  </message>
 </context>
 <context>
  <name>ConnectionTest</name>
  <message>
   <source>Test connection</source>
   <translation>Verbindung testen</translation>
  </message>
 </context>
 <context>
  <name>CoordinatesDialog</name>
  <message>
   <source>Coordinates</source>
   <translation>Koordinaten</translation>
  </message>
  <message>
   <source>Use this area</source>
   <translation>Dieses Gebiet verwenden</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Coordinate system</source>
   <translation>Koordinatenbezugssystem</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>Polygon</translation>
  </message>
  <message>
   <source>West</source>
   <translation>West</translation>
  </message>
  <message>
   <source>South</source>
   <translation>Süd</translation>
  </message>
  <message>
   <source>East</source>
   <translation>Ost</translation>
  </message>
  <message>
   <source>North</source>
   <translation>Nord</translation>
  </message>
  <message>
   <source>One corner per line: east, then north, such as 13.17 38.70</source>
   <translation>Eine Ecke je Zeile: Ostwert, dann Nordwert, etwa 13.17 38.70</translation>
  </message>
  <message>
   <source>Corners</source>
   <translation>Ecken</translation>
  </message>
  <message>
   <source>Fill in the coordinates.</source>
   <translation>Die Koordinaten eingeben.</translation>
  </message>
  <message>
   <source>Line {line} does not hold two numbers.</source>
   <translation>Zeile {line} enthält nicht zwei Zahlen.</translation>
  </message>
  <message>
   <source>The edges must be numbers, south below north, and west below east.</source>
   <translation>Die Ränder müssen Zahlen sein, Süd kleiner als Nord und West kleiner als Ost.</translation>
  </message>
 </context>
 <context>
  <name>Dataset</name>
  <message>
   <source>By area</source>
   <translation>Nach Gebiet</translation>
  </message>
  <message>
   <source>1 prepackaged file</source>
   <translation>1 fertige Datei</translation>
  </message>
  <message>
   <source>{count} prepackaged files</source>
   <translation>{count} fertige Dateien</translation>
  </message>
  <message>
   <source>map layer</source>
   <translation>Kartenlayer</translation>
  </message>
  <message>
   <source>Grid 100 m</source>
   <translation>Gitter 100 m</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>Punkte</translation>
  </message>
  <message>
   <source>Raster</source>
   <translation>Raster</translation>
  </message>
  <message>
   <source>Vector</source>
   <translation>Vektor</translation>
  </message>
  <message>
   <source>Raster, vector</source>
   <translation>Raster, Vektor</translation>
  </message>
  <message>
   <source>{year} to today</source>
   <translation>{year} bis heute</translation>
  </message>
  <message>
   <source>Only in the Copernicus Data Space</source>
   <translation>Nur im Copernicus Data Space</translation>
  </message>
  <message>
   <source>Only in WEkEO</source>
   <translation>Nur in WEkEO</translation>
  </message>
  <message>
   <source>Only elsewhere</source>
   <translation>Nur anderswo</translation>
  </message>
  <message>
   <source>By area, up to 1 year per order</source>
   <translation>Nach Gebiet, bis 1 Jahr je Bestellung</translation>
  </message>
  <message>
   <source>By area, up to {days} days per order</source>
   <translation>Nach Gebiet, bis {days} Tage je Bestellung</translation>
  </message>
 </context>
 <context>
  <name>DatasetList</name>
  <message>
   <source>Datasets</source>
   <translation>Datensätze</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>Details zeigen</translation>
  </message>
  <message>
   <source>Add to map</source>
   <translation>Zur Karte hinzufügen</translation>
  </message>
  <message>
   <source>Add to cart</source>
   <translation>In den Warenkorb</translation>
  </message>
 </context>
 <context>
  <name>Desk</name>
  <message>
   <source>Place on the map</source>
   <translation>Ort auf der Karte</translation>
  </message>
  <message>
   <source>Reading the catalogue…</source>
   <translation>Katalog wird gelesen…</translation>
  </message>
  <message>
   <source>Get the outline of a region</source>
   <translation>Umriss einer Region holen</translation>
  </message>
  <message>
   <source>Details of datasets</source>
   <translation>Details von Datensätzen</translation>
  </message>
  <message>
   <source>CLMS Explorer</source>
   <translation>CLMS Explorer</translation>
  </message>
  <message>
   <source>{title} is ready and on the map.</source>
   <translation>{title} ist fertig und auf der Karte.</translation>
  </message>
 </context>
 <context>
  <name>DetailsHead</name>
  <message>
   <source>Catalogue</source>
   <translation>Katalog</translation>
  </message>
  <message>
   <source>Back to the list (Backspace)</source>
   <translation>Zurück zur Liste (Rücktaste)</translation>
  </message>
  <message>
   <source>Favourite</source>
   <translation>Favorit</translation>
  </message>
  <message>
   <source>Open the web page</source>
   <translation>Webseite öffnen</translation>
  </message>
 </context>
 <context>
  <name>DetailsPanel</name>
  <message>
   <source>About</source>
   <translation>Info</translation>
  </message>
  <message>
   <source>Get data</source>
   <translation>Daten holen</translation>
  </message>
  <message>
   <source>View on map</source>
   <translation>Auf der Karte</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>Dokumente</translation>
  </message>
  <message>
   <source>Map</source>
   <translation>Karte</translation>
  </message>
 </context>
 <context>
  <name>DocumentsForm</name>
  <message>
   <source>The record names no documents.</source>
   <translation>Der Eintrag nennt keine Dokumente.</translation>
  </message>
  <message>
   <source>Documents ({count})</source>
   <translation>Dokumente ({count})</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>Dokumente</translation>
  </message>
  <message>
   <source>PDF</source>
   <translation>PDF</translation>
  </message>
  <message>
   <source>Web page</source>
   <translation>Webseite</translation>
  </message>
  <message>
   <source>Documents and use cases on the dataset's page</source>
   <translation>Dokumente und Anwendungsbeispiele auf der Seite des Datensatzes</translation>
  </message>
  <message>
   <source>DOI {number}</source>
   <translation>DOI {number}</translation>
  </message>
  <message>
   <source>Other way to the data</source>
   <translation>Anderer Weg zu den Daten</translation>
  </message>
  <message>
   <source>Metadata record: {title}</source>
   <translation>Metadatensatz: {title}</translation>
  </message>
  <message>
   <source>Metadata record</source>
   <translation>Metadatensatz</translation>
  </message>
 </context>
 <context>
  <name>Downloads</name>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Cancel…</source>
   <translation>Abbrechen…</translation>
  </message>
  <message>
   <source>Take off the list</source>
   <translation>Aus der Liste nehmen</translation>
  </message>
  <message>
   <source>First in line</source>
   <translation>Vorziehen</translation>
  </message>
  <message>
   <source>Zoom to it on the map</source>
   <translation>Auf der Karte dorthin zoomen</translation>
  </message>
  <message>
   <source>Open on the map</source>
   <translation>Auf der Karte öffnen</translation>
  </message>
  <message>
   <source>Show the folder</source>
   <translation>Ordner zeigen</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Send again</source>
   <translation>Erneut senden</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Erneut nachsehen</translation>
  </message>
  <message>
   <source>Import key file…</source>
   <translation>Schlüssel importieren…</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>Was passiert ist</translation>
  </message>
  <message>
   <source>Needs you</source>
   <translation>Eingriff nötig</translation>
  </message>
  <message>
   <source>Waiting for the service</source>
   <translation>Wartet auf den Dienst</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Erledigt</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Ready and on the map</source>
   <translation>Fertig und auf der Karte</translation>
  </message>
  <message>
   <source>Ready, not opened</source>
   <translation>Fertig, nicht geöffnet</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>not sent yet</source>
   <translation>noch nicht gesendet</translation>
  </message>
  <message>
   <source>{size} are kept</source>
   <translation>{size} bleiben erhalten</translation>
  </message>
  <message>
   <source>Paused at {percent} %</source>
   <translation>Angehalten bei {percent} %</translation>
  </message>
  <message>
   <source>{part} are kept</source>
   <translation>{part} bleiben erhalten</translation>
  </message>
  <message>
   <source>Not sent yet</source>
   <translation>Noch nicht gesendet</translation>
  </message>
  <message>
   <source>will be sent when the service is back</source>
   <translation>wird gesendet, sobald der Dienst wieder da ist</translation>
  </message>
  <message>
   <source>It will be checked whether the order has arrived when the service is back</source>
   <translation>Sobald der Dienst wieder da ist, wird geprüft, ob die Bestellung angekommen ist</translation>
  </message>
  <message>
   <source>Ordered at {time}</source>
   <translation>Bestellt um {time}</translation>
  </message>
  <message>
   <source>waiting for the service</source>
   <translation>wartet auf den Dienst</translation>
  </message>
  <message>
   <source>next attempt {when}</source>
   <translation>nächster Versuch {when}</translation>
  </message>
  <message>
   <source>the service</source>
   <translation>Der Dienst</translation>
  </message>
  <message>
   <source>No connection to {host}</source>
   <translation>{host} ist nicht erreichbar</translation>
  </message>
  <message>
   <source>{host} does not answer as it should</source>
   <translation>{host} antwortet nicht wie erwartet</translation>
  </message>
  <message>
   <source>The file arrived incomplete</source>
   <translation>Die Datei ist unvollständig angekommen</translation>
  </message>
  <message>
   <source>It did not work</source>
   <translation>Es hat nicht geklappt</translation>
  </message>
  <message>
   <source>Queued</source>
   <translation>In der Warteschlange</translation>
  </message>
  <message>
   <source>next in line</source>
   <translation>als Nächstes an der Reihe</translation>
  </message>
  <message>
   <source>Checking whether the order has arrived</source>
   <translation>Es wird geprüft, ob die Bestellung angekommen ist</translation>
  </message>
  <message>
   <source>Sending the order</source>
   <translation>Bestellung wird gesendet</translation>
  </message>
  <message>
   <source>Being prepared by the service</source>
   <translation>Wird vom Dienst vorbereitet</translation>
  </message>
  <message>
   <source>Queued at the service</source>
   <translation>In der Warteschlange des Dienstes</translation>
  </message>
  <message>
   <source>{state}. You can close QGIS, the order goes on.</source>
   <translation>{state}. QGIS kann geschlossen werden, die Bestellung läuft weiter.</translation>
  </message>
  <message>
   <source>ordered {when}</source>
   <translation>bestellt {when}</translation>
  </message>
  <message>
   <source>Unpacking and checking</source>
   <translation>Wird entpackt und geprüft</translation>
  </message>
  <message>
   <source>Downloading</source>
   <translation>Wird heruntergeladen</translation>
  </message>
  <message>
   <source>The download service does not answer (error {status}, since {time}).</source>
   <translation>Der Downloaddienst antwortet nicht (Fehler {status}, seit {time}).</translation>
  </message>
  <message>
   <source>No connection to the download service since {time}.</source>
   <translation>Keine Verbindung zum Downloaddienst seit {time}.</translation>
  </message>
  <message>
   <source>1 order is kept</source>
   <translation>1 Bestellung bleibt erhalten</translation>
  </message>
  <message>
   <source>{count} orders are kept</source>
   <translation>{count} Bestellungen bleiben erhalten</translation>
  </message>
  <message>
   <source>{what} Nothing is lost: {orders} and it is being tried again now.</source>
   <translation>{what} Nichts ist verloren: {orders}, und es wird gerade erneut versucht.</translation>
  </message>
  <message>
   <source>{what} Nothing is lost: {orders} and the next attempt is {when}.</source>
   <translation>{what} Nichts ist verloren: {orders}, und der nächste Versuch folgt {when}.</translation>
  </message>
  <message>
   <source>{count} running</source>
   <translation>{count} laufend</translation>
  </message>
  <message>
   <source>{count} waiting</source>
   <translation>{count} wartend</translation>
  </message>
  <message>
   <source>{count} paused</source>
   <translation>{count} angehalten</translation>
  </message>
  <message>
   <source>Added to the downloads</source>
   <translation>Zu den Downloads hinzugefügt</translation>
  </message>
  <message>
   <source>The service has taken the order</source>
   <translation>Der Dienst hat die Bestellung angenommen</translation>
  </message>
  <message>
   <source>The order was found on the service</source>
   <translation>Die Bestellung wurde beim Dienst gefunden</translation>
  </message>
  <message>
   <source>It stayed unclear whether the order has arrived</source>
   <translation>Es blieb unklar, ob die Bestellung angekommen ist</translation>
  </message>
  <message>
   <source>You asked to try again</source>
   <translation>Neuer Versuch auf Wunsch</translation>
  </message>
  <message>
   <source>The service prepares the data</source>
   <translation>Der Dienst bereitet die Daten vor</translation>
  </message>
  <message>
   <source>The result can be downloaded: {files}, {size}</source>
   <translation>Das Ergebnis kann heruntergeladen werden: {files}, {size}</translation>
  </message>
  <message>
   <source>{name} is here, {size}</source>
   <translation>{name} ist da, {size}</translation>
  </message>
  <message>
   <source>You paused it</source>
   <translation>Von Hand angehalten</translation>
  </message>
  <message>
   <source>You let it go on</source>
   <translation>Von Hand fortgesetzt</translation>
  </message>
  <message>
   <source>Unpacked: {files}</source>
   <translation>Entpackt: {files}</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Opened on the map</source>
   <translation>Auf der Karte geöffnet</translation>
  </message>
  <message>
   <source>You cancelled it</source>
   <translation>Von Hand abgebrochen</translation>
  </message>
  <message>
   <source>The order was taken back</source>
   <translation>Die Bestellung wurde zurückgezogen</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>{count} files</source>
   <translation>{count} Dateien</translation>
  </message>
  <message>
   <source>size unknown</source>
   <translation>Größe unbekannt</translation>
  </message>
  <message>
   <source>Downloads of CLMS Explorer</source>
   <translation>Downloads von CLMS Explorer</translation>
  </message>
  <message>
   <source>Open {name}</source>
   <translation>{name} öffnen</translation>
  </message>
  <message>
   <source>{count} points</source>
   <translation>{count} Punkte</translation>
  </message>
 </context>
 <context>
  <name>DownloadsPanel</name>
  <message>
   <source>Downloads</source>
   <translation>Downloads</translation>
  </message>
  <message>
   <source>Pause all</source>
   <translation>Alle anhalten</translation>
  </message>
  <message>
   <source>Let all downloads rest; what has arrived is kept</source>
   <translation>Alle Downloads ruhen lassen; was angekommen ist, bleibt erhalten</translation>
  </message>
  <message>
   <source>Clear done</source>
   <translation>Erledigte entfernen</translation>
  </message>
  <message>
   <source>Take what is done off the list; the files stay</source>
   <translation>Erledigtes aus der Liste nehmen; die Dateien bleiben</translation>
  </message>
  <message>
   <source>Library</source>
   <translation>Bibliothek</translation>
  </message>
  <message>
   <source>Show the folder with all downloads</source>
   <translation>Ordner mit allen Downloads zeigen</translation>
  </message>
  <message>
   <source>No downloads yet</source>
   <translation>Noch keine Downloads</translation>
  </message>
  <message>
   <source>What you order appears here. It goes on by itself, also after QGIS was closed.</source>
   <translation>Hier erscheint, was bestellt wird. Es läuft von selbst weiter, auch nachdem QGIS geschlossen war.</translation>
  </message>
  <message>
   <source>Go to the catalogue</source>
   <translation>Zum Katalog</translation>
  </message>
  <message>
   <source>Go on with all</source>
   <translation>Alle fortsetzen</translation>
  </message>
  <message>
   <source>{size} free</source>
   <translation>{size} frei</translation>
  </message>
  <message>
   <source>Cancel “{title}”? Its order is taken back, and what has arrived is thrown away.</source>
   <translation>„{title}“ abbrechen? Die Bestellung wird zurückgezogen, und was angekommen ist, wird verworfen.</translation>
  </message>
  <message>
   <source>Cancel the download</source>
   <translation>Download abbrechen</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Take “{title}” off the list? The {size} that have arrived are thrown away.</source>
   <translation>„{title}“ aus der Liste nehmen? Die angekommenen {size} werden verworfen.</translation>
  </message>
  <message>
   <source>Take it off</source>
   <translation>Aus der Liste nehmen</translation>
  </message>
 </context>
 <context>
  <name>EgmsForm</name>
  <message>
   <source>Select both orbits</source>
   <translation>Beide Orbits wählen</translation>
  </message>
  <message>
   <source>Keep only points inside the area</source>
   <translation>Nur Punkte im Gebiet behalten</translation>
  </message>
  <message>
   <source>Get now</source>
   <translation>Jetzt holen</translation>
  </message>
  <message>
   <source>Add to cart</source>
   <translation>In den Warenkorb</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>No EGMS files here. The area lies over sea or outside the measured land.</source>
   <translation>Hier gibt es keine EGMS-Dateien. Das Gebiet liegt im Meer oder außerhalb des vermessenen Landes.</translation>
  </message>
  <message>
   <source>Search all releases</source>
   <translation>Alle Releases durchsuchen</translation>
  </message>
  <message>
   <source>Choose an area first</source>
   <translation>Zuerst ein Gebiet wählen</translation>
  </message>
  <message>
   <source>Searching the archive…</source>
   <translation>Archiv wird durchsucht…</translation>
  </message>
  <message>
   <source>No files</source>
   <translation>Keine Dateien</translation>
  </message>
  <message>
   <source>1 file touches your area</source>
   <translation>1 Datei berührt das Gebiet</translation>
  </message>
  <message>
   <source>{count} files touch your area</source>
   <translation>{count} Dateien berühren das Gebiet</translation>
  </message>
  <message>
   <source>Choose a file first</source>
   <translation>Zuerst eine Datei wählen</translation>
  </message>
  <message>
   <source>No files chosen</source>
   <translation>Keine Dateien gewählt</translation>
  </message>
  <message>
   <source>1 file, {size} to load</source>
   <translation>1 Datei, {size} zu laden</translation>
  </message>
  <message>
   <source>{count} files, {size} to load</source>
   <translation>{count} Dateien, {size} zu laden</translation>
  </message>
  <message>
   <source>up to {points} points</source>
   <translation>bis zu {points} Punkte</translation>
  </message>
  <message>
   <source>about {points} points</source>
   <translation>etwa {points} Punkte</translation>
  </message>
  <message>
   <source>on disk</source>
   <translation>vorhanden</translation>
  </message>
  <message>
   <source>all are on disk</source>
   <translation>alle vorhanden</translation>
  </message>
  <message>
   <source>1 of {count} is on disk</source>
   <translation>1 von {count} vorhanden</translation>
  </message>
  <message>
   <source>{some} of {count} are on disk</source>
   <translation>{some} von {count} vorhanden</translation>
  </message>
 </context>
 <context>
  <name>EgmsWishes</name>
  <message>
   <source>Basic (L2a)</source>
   <translation>Basic (L2a)</translation>
  </message>
  <message>
   <source>Points, relative to a local reference</source>
   <translation>Punkte, bezogen auf eine örtliche Referenz</translation>
  </message>
  <message>
   <source>Calibrated (L2b)</source>
   <translation>Kalibriert (L2b)</translation>
  </message>
  <message>
   <source>Points, tied to GNSS. Best for single buildings and slopes.</source>
   <translation>Punkte, an GNSS angeschlossen. Am besten für einzelne Gebäude und Hänge.</translation>
  </message>
  <message>
   <source>Ortho (L3)</source>
   <translation>Ortho (L3)</translation>
  </message>
  <message>
   <source>100 m grid cells. Best for overview.</source>
   <translation>Gitterzellen von 100 m. Am besten für den Überblick.</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Vertikal</translation>
  </message>
  <message>
   <source>East–west</source>
   <translation>Ost–West</translation>
  </message>
  <message>
   <source>Newest</source>
   <translation>Neuestes</translation>
  </message>
  <message>
   <source>All tracks</source>
   <translation>Alle Tracks</translation>
  </message>
  <message>
   <source>Component</source>
   <translation>Komponente</translation>
  </message>
  <message>
   <source>Release</source>
   <translation>Release</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>Richtung</translation>
  </message>
  <message>
   <source>Track</source>
   <translation>Track</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>{years}, newest</source>
   <translation>{years}, neuestes</translation>
  </message>
  <message>
   <source>All tracks ({count})</source>
   <translation>Alle Tracks ({count})</translation>
  </message>
  <message>
   <source>Track {number}</source>
   <translation>Track {number}</translation>
  </message>
  <message>
   <source>Both</source>
   <translation>Beide</translation>
  </message>
  <message>
   <source>Ascending</source>
   <translation>Aufsteigend</translation>
  </message>
  <message>
   <source>Descending</source>
   <translation>Absteigend</translation>
  </message>
 </context>
 <context>
  <name>ElsewhereForm</name>
  <message>
   <source>Open in the browser</source>
   <translation>Im Browser öffnen</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Wo</translation>
  </message>
  <message>
   <source>Copernicus Data Space (CDSE)</source>
   <translation>Copernicus Data Space (CDSE)</translation>
  </message>
  <message>
   <source>WEkEO</source>
   <translation>WEkEO</translation>
  </message>
  <message>
   <source>Web site</source>
   <translation>Website</translation>
  </message>
  <message>
   <source>Since</source>
   <translation>Seit</translation>
  </message>
  <message>
   <source>Until</source>
   <translation>Bis</translation>
  </message>
  <message>
   <source>The map layer works without an account: see “View on map”.</source>
   <translation>Der Kartenlayer geht ohne Konto: siehe „Auf der Karte“.</translation>
  </message>
  <message>
   <source>The portal does not deliver this dataset. It is in the Copernicus Data Space, which needs its own free account.</source>
   <translation>Das Portal liefert diesen Datensatz nicht. Er liegt im Copernicus Data Space, der ein eigenes kostenloses Konto verlangt.</translation>
  </message>
  <message>
   <source>The portal does not deliver this dataset. It is in WEkEO, which needs its own free account.</source>
   <translation>Das Portal liefert diesen Datensatz nicht. Er liegt in WEkEO, das ein eigenes kostenloses Konto verlangt.</translation>
  </message>
  <message>
   <source>The portal does not deliver this dataset. Its web page tells how to get it.</source>
   <translation>Das Portal liefert diesen Datensatz nicht. Seine Webseite sagt, wo es ihn gibt.</translation>
  </message>
 </context>
 <context>
  <name>EmptyStates</name>
  <message>
   <source>Where is your area?</source>
   <translation>Welches Gebiet?</translation>
  </message>
  <message>
   <source>Choose it once. Search, orders and the EGMS follow it.</source>
   <translation>Einmal wählen. Suche, Bestellungen und EGMS richten sich danach.</translation>
  </message>
  <message>
   <source>Use the map view</source>
   <translation>Kartenausschnitt verwenden</translation>
  </message>
  <message>
   <source>Draw a box</source>
   <translation>Rechteck zeichnen</translation>
  </message>
  <message>
   <source>NUTS region…</source>
   <translation>NUTS-Region…</translation>
  </message>
  <message>
   <source>More ways…</source>
   <translation>Weitere Wege…</translation>
  </message>
  <message>
   <source>Show all datasets</source>
   <translation>Alle Datensätze zeigen</translation>
  </message>
  <message>
   <source>Clear the filters</source>
   <translation>Filter entfernen</translation>
  </message>
  <message>
   <source>Clear the search</source>
   <translation>Suche leeren</translation>
  </message>
  <message>
   <source>Search “{word}” only</source>
   <translation>Nur „{word}“ suchen</translation>
  </message>
  <message>
   <source>No dataset matches</source>
   <translation>Kein Datensatz passt</translation>
  </message>
  <message>
   <source>The catalogue is being read</source>
   <translation>Der Katalog wird gelesen</translation>
  </message>
  <message>
   <source>This happens once and takes a few seconds.</source>
   <translation>Das geschieht einmal und dauert ein paar Sekunden.</translation>
  </message>
  <message>
   <source>No catalogue yet</source>
   <translation>Noch kein Katalog</translation>
  </message>
  <message>
   <source>Read the catalogue of the Copernicus Land Monitoring Service to see what there is.</source>
   <translation>Den Katalog des Copernicus Land Monitoring Service lesen und sehen, was es gibt.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Read the catalogue</source>
   <translation>Katalog lesen</translation>
  </message>
  <message>
   <source>Nothing found for “{text}” with the filters {filters}.</source>
   <translation>Nichts gefunden für „{text}“ mit den Filtern {filters}.</translation>
  </message>
  <message>
   <source>Nothing found for “{text}” with the filter {filters}.</source>
   <translation>Nichts gefunden für „{text}“ mit dem Filter {filters}.</translation>
  </message>
  <message>
   <source>Nothing found with the filters {filters}.</source>
   <translation>Nichts gefunden mit den Filtern {filters}.</translation>
  </message>
  <message>
   <source>Nothing found with the filter {filters}.</source>
   <translation>Nichts gefunden mit dem Filter {filters}.</translation>
  </message>
  <message>
   <source>Nothing found for “{text}”.</source>
   <translation>Nichts gefunden für „{text}“.</translation>
  </message>
  <message>
   <source>Without the filters there is 1 dataset.</source>
   <translation>Ohne die Filter gibt es 1 Datensatz.</translation>
  </message>
  <message>
   <source>Without the filters there are {count} datasets.</source>
   <translation>Ohne die Filter gibt es {count} Datensätze.</translation>
  </message>
  <message>
   <source>{first} and {last}</source>
   <translation>{first} und {last}</translation>
  </message>
 </context>
 <context>
  <name>Errors</name>
  <message>
   <source>Something unexpected happened ({what}). Files on disk are kept. The log has the details.</source>
   <translation>Etwas Unerwartetes ist passiert ({what}). Dateien auf der Festplatte bleiben erhalten. Einzelheiten stehen im Protokoll.</translation>
  </message>
  <message>
   <source>the service</source>
   <translation>Der Dienst</translation>
  </message>
  <message>
   <source>{host} took too long to answer. Nothing is lost. Try again later.</source>
   <translation>{host} hat zu lange nicht geantwortet. Nichts ist verloren. Später erneut versuchen.</translation>
  </message>
  <message>
   <source>The secure connection to {host} could not be made. Check the certificate authorities in the QGIS authentication settings.</source>
   <translation>{host} ist nicht über eine sichere Verbindung erreichbar. Die Zertifizierungsstellen in den Authentifizierungseinstellungen von QGIS prüfen.</translation>
  </message>
  <message>
   <source>The proxy refused the connection to {host}. Check the network settings of QGIS.</source>
   <translation>{host} ist nicht erreichbar: Der Proxy hat die Verbindung abgelehnt. Die Netzwerkeinstellungen von QGIS prüfen.</translation>
  </message>
  <message>
   <source>The connection to {host} was cut. What has arrived is kept. Try again.</source>
   <translation>{host} ist nicht mehr erreichbar: Die Verbindung ist abgebrochen. Was angekommen ist, bleibt erhalten. Erneut versuchen.</translation>
  </message>
  <message>
   <source>No connection to {host}. Nothing is lost. Try again when you are back online.</source>
   <translation>{host} ist nicht erreichbar. Nichts ist verloren. Erneut versuchen, sobald die Verbindung wieder steht.</translation>
  </message>
  <message>
   <source>{host} could not do it (error {status}): {detail}</source>
   <translation>{host} konnte das nicht ausführen (Fehler {status}): {detail}</translation>
  </message>
  <message>
   <source>{host} does not answer as it should (error {status}). Nothing is lost. Try again later.</source>
   <translation>{host} antwortet nicht wie erwartet (Fehler {status}). Nichts ist verloren. Später erneut versuchen.</translation>
  </message>
  <message>
   <source>{host} sent a web page instead of data. A proxy or a log-in page may be in between. Nothing was changed.</source>
   <translation>{host} hat eine Webseite statt Daten geschickt. Vielleicht liegt ein Proxy oder eine Anmeldeseite dazwischen. Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>{host} sent an answer that cannot be read. Nothing was changed. Try again later.</source>
   <translation>{host} hat eine unlesbare Antwort geschickt. Nichts wurde geändert. Später erneut versuchen.</translation>
  </message>
  <message>
   <source>{host} does not accept the login. Test the connection in the settings, or import a new service key.</source>
   <translation>{host} nimmt die Anmeldung nicht an. Die Verbindung in den Einstellungen testen oder einen neuen Zugangsschlüssel importieren.</translation>
  </message>
  <message>
   <source>The service address “{address}” cannot be used: it must begin with https://. Correct it in the settings.</source>
   <translation>Die Dienstadresse „{address}“ ist nicht verwendbar: Sie muss mit https:// beginnen. In den Einstellungen berichtigen.</translation>
  </message>
  <message>
   <source>The key file cannot be read. Choose another file.</source>
   <translation>Die Schlüsseldatei ist nicht lesbar. Eine andere Datei wählen.</translation>
  </message>
  <message>
   <source>This file is not a service key: it is not JSON. Choose the file that land.copernicus.eu gave you.</source>
   <translation>Diese Datei ist kein Zugangsschlüssel: Sie ist kein JSON. Die Datei wählen, die land.copernicus.eu ausgegeben hat.</translation>
  </message>
  <message>
   <source>This file is not a complete service key: “{field}” is missing. Make a new key on land.copernicus.eu.</source>
   <translation>Diese Datei ist kein vollständiger Zugangsschlüssel: „{field}“ fehlt. Auf land.copernicus.eu einen neuen Schlüssel anlegen.</translation>
  </message>
  <message>
   <source>The private key in this file is damaged. Make a new key on land.copernicus.eu.</source>
   <translation>Der private Schlüssel in dieser Datei ist beschädigt. Auf land.copernicus.eu einen neuen Schlüssel anlegen.</translation>
  </message>
  <message>
   <source>The address in this key file is not a secure one. Make a new key on land.copernicus.eu.</source>
   <translation>Die Adresse in dieser Schlüsseldatei ist nicht sicher. Auf land.copernicus.eu einen neuen Schlüssel anlegen.</translation>
  </message>
  <message>
   <source>To order and download data you need a service key from land.copernicus.eu. It is free and takes two minutes. Searching and viewing work without it.</source>
   <translation>Zum Bestellen und Herunterladen ist ein Zugangsschlüssel (Service Key) von land.copernicus.eu nötig. Er ist kostenlos und in zwei Minuten angelegt. Suchen und Ansehen geht ohne ihn.</translation>
  </message>
  <message>
   <source>The portal no longer knows your service key. Make a new one on land.copernicus.eu and import it. Your orders and files are kept.</source>
   <translation>Das Portal kennt den Zugangsschlüssel nicht mehr. Auf land.copernicus.eu einen neuen anlegen und importieren. Bestellungen und Dateien bleiben erhalten.</translation>
  </message>
  <message>
   <source>The portal refuses your service key: {detail} Import a new one. Your orders and files are kept.</source>
   <translation>Das Portal lehnt den Zugangsschlüssel ab: {detail} Einen neuen importieren. Bestellungen und Dateien bleiben erhalten.</translation>
  </message>
  <message>
   <source>The clock of this computer is {minutes} minutes ahead, so the portal refuses the login. Set the clock and try again.</source>
   <translation>Die Uhr dieses Rechners geht {minutes} min vor, deshalb lehnt das Portal die Anmeldung ab. Die Uhr stellen und erneut versuchen.</translation>
  </message>
  <message>
   <source>The clock of this computer is {minutes} minutes behind, so the portal refuses the login. Set the clock and try again.</source>
   <translation>Die Uhr dieses Rechners geht {minutes} min nach, deshalb lehnt das Portal die Anmeldung ab. Die Uhr stellen und erneut versuchen.</translation>
  </message>
  <message>
   <source>The same order is already waiting on the service. It was not sent again.</source>
   <translation>Dieselbe Bestellung wartet schon beim Dienst. Sie wurde nicht noch einmal gesendet.</translation>
  </message>
  <message>
   <source>The service refused the order: {detail} Nothing was ordered. Change the options and try again.</source>
   <translation>Der Dienst hat die Bestellung abgelehnt: {detail} Nichts wurde bestellt. Die Optionen ändern und erneut versuchen.</translation>
  </message>
  <message>
   <source>It is not known whether the order reached the service. Sending it again may order it twice.</source>
   <translation>Es ist nicht bekannt, ob die Bestellung den Dienst erreicht hat. Erneutes Senden kann sie verdoppeln.</translation>
  </message>
  <message>
   <source>The service could not prepare the data: {detail} Try again, or order a smaller area.</source>
   <translation>Der Dienst konnte die Daten nicht vorbereiten: {detail} Erneut versuchen oder ein kleineres Gebiet bestellen.</translation>
  </message>
  <message>
   <source>The download link has expired. {part} are kept. A new order is needed to get the rest.</source>
   <translation>Der Downloadlink ist abgelaufen. {part} bleiben erhalten. Für den Rest ist eine neue Bestellung nötig.</translation>
  </message>
  <message>
   <source>The download link has expired. A new order is needed to get the file.</source>
   <translation>Der Downloadlink ist abgelaufen. Für die Datei ist eine neue Bestellung nötig.</translation>
  </message>
  <message>
   <source>The service does not have the file {name} (any more). Search again.</source>
   <translation>Der Dienst hat die Datei {name} nicht (mehr). Erneut suchen.</translation>
  </message>
  <message>
   <source>{name} arrived incomplete. What is there is kept; try again.</source>
   <translation>{name} ist unvollständig angekommen. Was da ist, bleibt erhalten; erneut versuchen.</translation>
  </message>
  <message>
   <source>{name} is not the file that was asked for. Nothing was changed.</source>
   <translation>{name} ist nicht die angeforderte Datei. Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>{name} is not a complete zip file. Nothing was changed. Get it again.</source>
   <translation>{name} ist keine vollständige Zip-Datei. Nichts wurde geändert. Erneut holen.</translation>
  </message>
  <message>
   <source>{name} is damaged. Nothing was changed. Get it again.</source>
   <translation>{name} ist beschädigt. Nichts wurde geändert. Erneut holen.</translation>
  </message>
  <message>
   <source>{name} would write outside its folder and was not unpacked.</source>
   <translation>{name} würde außerhalb des eigenen Ordners schreiben und wurde nicht entpackt.</translation>
  </message>
  <message>
   <source>{name} would unpack to far more than is sensible and was not unpacked.</source>
   <translation>{name} wäre entpackt viel größer als sinnvoll und wurde nicht entpackt.</translation>
  </message>
  <message>
   <source>{name} holds no data.</source>
   <translation>{name} enthält keine Daten.</translation>
  </message>
  <message>
   <source>The file</source>
   <translation>Die Datei</translation>
  </message>
  <message>
   <source>QGIS may not write to {folder}. Choose another folder in the settings.</source>
   <translation>QGIS darf nicht in {folder} schreiben. In den Einstellungen einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>The disk is full ({folder}). What has arrived is kept. Make room and try again.</source>
   <translation>Die Festplatte ist voll ({folder}). Was angekommen ist, bleibt erhalten. Platz schaffen und erneut versuchen.</translation>
  </message>
  <message>
   <source>The area is empty. Choose another one.</source>
   <translation>Das Gebiet ist leer. Ein anderes wählen.</translation>
  </message>
  <message>
   <source>A point is not an area. Draw a box or a polygon.</source>
   <translation>Ein Punkt ist kein Gebiet. Ein Rechteck oder Polygon zeichnen.</translation>
  </message>
  <message>
   <source>A line is not an area. Draw a box or a polygon.</source>
   <translation>Eine Linie ist kein Gebiet. Ein Rechteck oder Polygon zeichnen.</translation>
  </message>
  <message>
   <source>The coordinates lie outside the world. Longitude goes from −180 to 180 and latitude from −90 to 90 degrees.</source>
   <translation>Die Koordinaten liegen außerhalb der Welt. Die Länge geht von −180 bis 180 Grad, die Breite von −90 bis 90 Grad.</translation>
  </message>
  <message>
   <source>There is no region “{code}”.</source>
   <translation>Es gibt keine Region „{code}“.</translation>
  </message>
  <message>
   <source>The area lies outside the data.</source>
   <translation>Das Gebiet liegt außerhalb der Daten.</translation>
  </message>
  <message>
   <source>It is not known where on Earth this shape lies: it has no coordinate reference system. Set one for the layer and try again.</source>
   <translation>Es ist nicht bekannt, wo auf der Erde diese Form liegt: Sie hat kein Koordinatenbezugssystem. Für den Layer eines festlegen und erneut versuchen.</translation>
  </message>
  <message>
   <source>The area crosses the 180° meridian, which one order cannot do. Order each side by itself.</source>
   <translation>Das Gebiet kreuzt den 180°-Meridian, was in einer Bestellung nicht geht. Jede Seite für sich bestellen.</translation>
  </message>
  <message>
   <source>This shape cannot be used as an area. Draw a box or a polygon.</source>
   <translation>Diese Form ist nicht als Gebiet verwendbar. Ein Rechteck oder Polygon zeichnen.</translation>
  </message>
  <message>
   <source>{name} is not an EGMS table: its first line does not name the columns.</source>
   <translation>{name} ist keine EGMS-Tabelle: Die erste Zeile nennt keine Spalten.</translation>
  </message>
  <message>
   <source>{name} lacks the column “{column}”.</source>
   <translation>{name} enthält die Spalte „{column}“ nicht.</translation>
  </message>
  <message>
   <source>{name} has no columns with dates.</source>
   <translation>{name} hat keine Datumsspalten.</translation>
  </message>
  <message>
   <source>{name} is damaged in line {line}.</source>
   <translation>{name} ist in Zeile {line} beschädigt.</translation>
  </message>
  <message>
   <source>{name} holds no points.</source>
   <translation>{name} enthält keine Punkte.</translation>
  </message>
  <message>
   <source>{name} mixes data that do not belong together.</source>
   <translation>{name} mischt Daten, die nicht zusammengehören.</translation>
  </message>
  <message>
   <source>{what} The point store is as it was.</source>
   <translation>{what} Der Punktspeicher ist unverändert.</translation>
  </message>
  <message>
   <source>This point store was made by a newer version of CLMS Explorer. Update the plugin to open it.</source>
   <translation>Dieser Punktspeicher stammt von einer neueren Version von CLMS Explorer. Die Erweiterung aktualisieren, um ihn zu öffnen.</translation>
  </message>
  <message>
   <source>This file belongs to another level or release than the point store. Choose another point store.</source>
   <translation>Diese Datei gehört zu einer anderen Stufe oder einem anderen Release als der Punktspeicher. Einen anderen Punktspeicher wählen.</translation>
  </message>
  <message>
   <source>The point store is in use. Try again in a moment.</source>
   <translation>Der Punktspeicher ist in Gebrauch. Gleich erneut versuchen.</translation>
  </message>
  <message>
   <source>This file is not a ground motion point store.</source>
   <translation>Diese Datei ist kein Punktspeicher für Bodenbewegung.</translation>
  </message>
  <message>
   <source>The list of downloads was made by a newer version of CLMS Explorer. Update the plugin to use it.</source>
   <translation>Die Liste der Downloads stammt von einer neueren Version von CLMS Explorer. Die Erweiterung aktualisieren, um sie zu verwenden.</translation>
  </message>
  <message>
   <source>Another QGIS is working on the downloads. They go on there.</source>
   <translation>Ein anderes QGIS arbeitet an den Downloads. Sie laufen dort weiter.</translation>
  </message>
  <message>
   <source>The list of downloads cannot be read. The files on disk are not touched.</source>
   <translation>Die Liste der Downloads ist nicht lesbar. Die Dateien auf der Festplatte sind davon nicht betroffen.</translation>
  </message>
  <message>
   <source>Stopped. What has arrived is kept.</source>
   <translation>Abgebrochen. Was angekommen ist, bleibt erhalten.</translation>
  </message>
 </context>
 <context>
  <name>Feeds</name>
  <message>
   <source>Read the CLMS catalogue</source>
   <translation>CLMS-Katalog lesen</translation>
  </message>
  <message>
   <source>Search EGMS files</source>
   <translation>EGMS-Dateien suchen</translation>
  </message>
 </context>
 <context>
  <name>FileModel</name>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
 </context>
 <context>
  <name>FileTable</name>
  <message>
   <source>Search files</source>
   <translation>Dateien suchen</translation>
  </message>
  <message>
   <source>Prepackaged files</source>
   <translation>Fertige Dateien</translation>
  </message>
 </context>
 <context>
  <name>FilterDelegate</name>
  <message>
   <source>{count} on</source>
   <translation>{count} aktiv</translation>
  </message>
 </context>
 <context>
  <name>FilterModel</name>
  <message>
   <source>Availability</source>
   <translation>Verfügbarkeit</translation>
  </message>
  <message>
   <source>Component</source>
   <translation>Komponente</translation>
  </message>
  <message>
   <source>{filter}, {count} datasets</source>
   <translation>{filter}, {count} Datensätze</translation>
  </message>
 </context>
 <context>
  <name>FilterPane</name>
  <message>
   <source>Filters</source>
   <translation>Filter</translation>
  </message>
  <message>
   <source>Clear all</source>
   <translation>Alle entfernen</translation>
  </message>
 </context>
 <context>
  <name>Filters</name>
  <message>
   <source>Covers my area</source>
   <translation>Deckt mein Gebiet ab</translation>
  </message>
  <message>
   <source>Can be ordered by area</source>
   <translation>Nach Gebiet bestellbar</translation>
  </message>
  <message>
   <source>Has prepackaged files</source>
   <translation>Mit fertigen Dateien</translation>
  </message>
  <message>
   <source>Has a map layer</source>
   <translation>Mit Kartenlayer</translation>
  </message>
  <message>
   <source>Only elsewhere</source>
   <translation>Nur anderswo</translation>
  </message>
  <message>
   <source>Land cover and land use</source>
   <translation>Landbedeckung und Landnutzung</translation>
  </message>
  <message>
   <source>Priority areas</source>
   <translation>Schwerpunktgebiete</translation>
  </message>
  <message>
   <source>Bio-geophysical variables</source>
   <translation>Biogeophysikalische Größen</translation>
  </message>
  <message>
   <source>Ground motion</source>
   <translation>Bodenbewegung</translation>
  </message>
  <message>
   <source>Land satellite mosaics</source>
   <translation>Satellitenmosaike</translation>
  </message>
  <message>
   <source>Reference and validation</source>
   <translation>Referenz und Validierung</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>Sonstige</translation>
  </message>
 </context>
 <context>
  <name>Finish</name>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>being sent</source>
   <translation>wird gesendet</translation>
  </message>
  <message>
   <source>being prepared by the service</source>
   <translation>wird vom Dienst vorbereitet</translation>
  </message>
  <message>
   <source>downloading</source>
   <translation>wird heruntergeladen</translation>
  </message>
  <message>
   <source>ready</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>unclear</source>
   <translation>unklar</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
 </context>
 <context>
  <name>Footprints</name>
  <message>
   <source>Track {number}</source>
   <translation>Track {number}</translation>
  </message>
 </context>
 <context>
  <name>HistoryDialog</name>
  <message>
   <source>What happened</source>
   <translation>Was passiert ist</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
 </context>
 <context>
  <name>HitDelegate</name>
  <message>
   <source>On disk</source>
   <translation>Vorhanden</translation>
  </message>
 </context>
 <context>
  <name>HitList</name>
  <message>
   <source>EGMS files</source>
   <translation>EGMS-Dateien</translation>
  </message>
 </context>
 <context>
  <name>HitModel</name>
  <message>
   <source>Tile {tile}</source>
   <translation>Kachel {tile}</translation>
  </message>
  <message>
   <source>Track {track}, {swath}, burst {burst}</source>
   <translation>Track {track}, {swath}, Burst {burst}</translation>
  </message>
  <message>
   <source>Ascending</source>
   <translation>Aufsteigend</translation>
  </message>
  <message>
   <source>Descending</source>
   <translation>Absteigend</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Vertikal</translation>
  </message>
  <message>
   <source>East–west</source>
   <translation>Ost–West</translation>
  </message>
  <message>
   <source>covers the whole area</source>
   <translation>deckt das ganze Gebiet ab</translation>
  </message>
  <message>
   <source>covers less than 1 % of the area</source>
   <translation>deckt weniger als 1 % des Gebiets ab</translation>
  </message>
  <message>
   <source>covers {percent} % of the area</source>
   <translation>deckt {percent} % des Gebiets ab</translation>
  </message>
 </context>
 <context>
  <name>InfoLine</name>
  <message>
   <source>Details</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>Show all figures instead of the chart</source>
   <translation>Alle Werte statt des Diagramms zeigen</translation>
  </message>
 </context>
 <context>
  <name>InfoPanel</name>
  <message>
   <source>What the motion history says</source>
   <translation>Was der Bewegungsverlauf sagt</translation>
  </message>
 </context>
 <context>
  <name>Installation</name>
  <message>
   <source>Nothing works without it</source>
   <translation>Ohne das geht nichts</translation>
  </message>
  <message>
   <source>No catalogue, orders or downloads without it</source>
   <translation>Ohne das kein Katalog, keine Bestellungen und Downloads</translation>
  </message>
  <message>
   <source>No areas, orders or ground motion without it</source>
   <translation>Ohne das keine Gebiete, Bestellungen und Bodenbewegung</translation>
  </message>
  <message>
   <source>No motion charts without it</source>
   <translation>Ohne das keine Bewegungsdiagramme</translation>
  </message>
  <message>
   <source>To install what is missing: “{debian}” on Debian and Ubuntu, “{elsewhere}” in the OSGeo4W shell on Windows. Then start QGIS again.</source>
   <translation>Fehlendes installieren: „{debian}“ unter Debian und Ubuntu, „{elsewhere}“ in der OSGeo4W-Shell unter Windows. Danach QGIS neu starten.</translation>
  </message>
 </context>
 <context>
  <name>InstallationBox</name>
  <message>
   <source>Check installation</source>
   <translation>Installation prüfen</translation>
  </message>
  <message>
   <source>Part</source>
   <translation>Teil</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>Remark</source>
   <translation>Bemerkung</translation>
  </message>
  <message>
   <source>Installed parts</source>
   <translation>Installierte Teile</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>fehlt</translation>
  </message>
 </context>
 <context>
  <name>JobList</name>
  <message>
   <source>Downloads</source>
   <translation>Downloads</translation>
  </message>
 </context>
 <context>
  <name>KeyFile</name>
  <message>
   <source>Import service key</source>
   <translation>Zugangsschlüssel importieren</translation>
  </message>
  <message>
   <source>Service keys (*.json);;All files (*)</source>
   <translation>Zugangsschlüssel (*.json);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>QGIS's password store is locked, so the key cannot be kept. It can be used until QGIS ends.</source>
   <translation>Der Passwortspeicher von QGIS ist gesperrt, deshalb kann der Schlüssel nicht gespeichert werden. Er ist verwendbar, bis QGIS beendet wird.</translation>
  </message>
  <message>
   <source>Use for now only</source>
   <translation>Nur für jetzt verwenden</translation>
  </message>
  <message>
   <source>Do not use it</source>
   <translation>Nicht verwenden</translation>
  </message>
  <message>
   <source>Without its file the key cannot be imported again, and you need to make a new one on land.copernicus.eu. Orders and files are kept.</source>
   <translation>Ohne seine Datei kann der Schlüssel nicht erneut importiert werden; dann ist auf land.copernicus.eu ein neuer anzulegen. Bestellungen und Dateien bleiben erhalten.</translation>
  </message>
  <message>
   <source>Remove the key</source>
   <translation>Schlüssel entfernen</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Service key</source>
   <translation>Zugangsschlüssel</translation>
  </message>
 </context>
 <context>
  <name>LayerDialog</name>
  <message>
   <source>Layer extent</source>
   <translation>Layerausdehnung</translation>
  </message>
  <message>
   <source>Use this layer</source>
   <translation>Diesen Layer verwenden</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>Layer</translation>
  </message>
  <message>
   <source>Use the outlines of its polygons</source>
   <translation>Umrisse seiner Polygone verwenden</translation>
  </message>
  <message>
   <source>The project has no layers yet.</source>
   <translation>Das Projekt hat noch keine Layer.</translation>
  </message>
  <message>
   <source>All polygons of the layer together.</source>
   <translation>Alle Polygone des Layers zusammen.</translation>
  </message>
 </context>
 <context>
  <name>Layers</name>
  <message>
   <source>Copernicus data policy: free, full and open. Name the source.</source>
   <translation>Copernicus-Datenrichtlinie: frei, vollständig und offen. Quelle nennen.</translation>
  </message>
  <message>
   <source>Ordered on {date}</source>
   <translation>Bestellt am {date}</translation>
  </message>
 </context>
 <context>
  <name>Layouts</name>
  <message>
   <source>Map</source>
   <translation>Karte</translation>
  </message>
  <message>
   <source>Prepare the map layout</source>
   <translation>Kartenlayout vorbereiten</translation>
  </message>
  <message>
   <source>1 : {scale} · {system}</source>
   <translation>1 : {scale} · {system}</translation>
  </message>
 </context>
 <context>
  <name>LegendView</name>
  <message>
   <source>Legend</source>
   <translation>Legende</translation>
  </message>
  <message>
   <source>Show all {count}</source>
   <translation>Alle {count} zeigen</translation>
  </message>
  <message>
   <source>Legend ({unit})</source>
   <translation>Legende ({unit})</translation>
  </message>
 </context>
 <context>
  <name>MainDock</name>
  <message>
   <source>CLMS Explorer</source>
   <translation>CLMS Explorer</translation>
  </message>
  <message>
   <source>Catalogue</source>
   <translation>Katalog</translation>
  </message>
  <message>
   <source>Cart</source>
   <translation>Warenkorb</translation>
  </message>
  <message>
   <source>Downloads</source>
   <translation>Downloads</translation>
  </message>
  <message>
   <source>{title} ({count})</source>
   <translation>{title} ({count})</translation>
  </message>
 </context>
 <context>
  <name>MapForm</name>
  <message>
   <source>Layers</source>
   <translation>Layer</translation>
  </message>
  <message>
   <source>Opacity</source>
   <translation>Deckkraft</translation>
  </message>
  <message>
   <source>The portal names no map service for this dataset.</source>
   <translation>Das Portal nennt keinen Kartendienst für diesen Datensatz.</translation>
  </message>
  <message>
   <source>Add to map</source>
   <translation>Zur Karte hinzufügen</translation>
  </message>
  <message>
   <source>Look at the dataset before you order it. No account is needed.</source>
   <translation>Den Datensatz vor dem Bestellen ansehen. Ein Konto ist nicht nötig.</translation>
  </message>
  <message>
   <source>WMS</source>
   <translation>WMS</translation>
  </message>
  <message>
   <source>WMTS</source>
   <translation>WMTS</translation>
  </message>
  <message>
   <source>ArcGIS map service</source>
   <translation>ArcGIS-Kartendienst</translation>
  </message>
  <message>
   <source>ArcGIS feature service</source>
   <translation>ArcGIS-Objektdienst</translation>
  </message>
  <message>
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <source>{name} ({kind})</source>
   <translation>{name} ({kind})</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
  <message>
   <source>Tick a layer first</source>
   <translation>Zuerst einen Layer ankreuzen</translation>
  </message>
 </context>
 <context>
  <name>MapServices</name>
  <message>
   <source>Open a map service</source>
   <translation>Kartendienst öffnen</translation>
  </message>
 </context>
 <context>
  <name>MotionDock</name>
  <message>
   <source>Choose a point on the map</source>
   <translation>Einen Punkt auf der Karte wählen</translation>
  </message>
  <message>
   <source>Move the pointer over the points of a ground motion layer. A click stays at the point, Shift+click adds it to the chart.</source>
   <translation>Den Zeiger über die Punkte eines Bodenbewegungslayers führen. Ein Klick bleibt beim Punkt, Umschalt+Klick fügt ihn dem Diagramm hinzu.</translation>
  </message>
  <message>
   <source>Right-click a point of a ground motion layer and choose “Motion history here”, or follow the pointer over the points.</source>
   <translation>Rechtsklick auf einen Punkt eines Bodenbewegungslayers und „Bewegungsverlauf hier“ wählen, oder dem Zeiger über die Punkte folgen.</translation>
  </message>
  <message>
   <source>The chart cannot be drawn</source>
   <translation>Das Diagramm kann nicht gezeichnet werden</translation>
  </message>
  <message>
   <source>The Python package pyqtgraph is missing. Install it (Debian and Ubuntu: sudo apt install python3-pyqtgraph) and choose the point again.</source>
   <translation>Das Python-Paket pyqtgraph fehlt. Es installieren (Debian und Ubuntu: sudo apt install python3-pyqtgraph) und den Punkt erneut wählen.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
 </context>
 <context>
  <name>MotionExport</name>
  <message>
   <source>Line: trend. Band: 95 % of the trend. ±: one standard deviation.</source>
   <translation>Linie: Trend. Band: 95 % des Trends. ±: eine Standardabweichung.</translation>
  </message>
 </context>
 <context>
  <name>MotionFacts</name>
  <message>
   <source>Velocity</source>
   <translation>Geschwindigkeit</translation>
  </message>
  <message>
   <source>Acceleration</source>
   <translation>Beschleunigung</translation>
  </message>
  <message>
   <source>Seasonal</source>
   <translation>Jahresgang</translation>
  </message>
  <message>
   <source>Coherence</source>
   <translation>Kohärenz</translation>
  </message>
  <message>
   <source>RMSE</source>
   <translation>RMSE</translation>
  </message>
  <message>
   <source>Height</source>
   <translation>Höhe</translation>
  </message>
  <message>
   <source>Incidence</source>
   <translation>Einfallswinkel</translation>
  </message>
  <message>
   <source>Dates</source>
   <translation>Termine</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Stufe</translation>
  </message>
  <message>
   <source>Release</source>
   <translation>Release</translation>
  </message>
  <message>
   <source>Point</source>
   <translation>Punkt</translation>
  </message>
  <message>
   <source>{value} m</source>
   <translation>{value} m</translation>
  </message>
  <message>
   <source>Height above sea level as EGMS delivers it</source>
   <translation>Höhe über dem Meeresspiegel, wie EGMS sie liefert</translation>
  </message>
  <message>
   <source>{value}°</source>
   <translation>{value}°</translation>
  </message>
  <message>
   <source>Angle between the line of sight and the vertical</source>
   <translation>Winkel zwischen Blickrichtung und Lotrechter</translation>
  </message>
  <message>
   <source>too few dates</source>
   <translation>zu wenige Termine</translation>
  </message>
  <message>
   <source>Motion history</source>
   <translation>Bewegungsverlauf</translation>
  </message>
  <message>
   <source>Motion history · {place}</source>
   <translation>Bewegungsverlauf · {place}</translation>
  </message>
  <message>
   <source>± is one standard deviation and allows for correlated noise.</source>
   <translation>± ist eine Standardabweichung und berücksichtigt korreliertes Rauschen.</translation>
  </message>
  <message>
   <source>EGMS delivers {value} (formal error, too small by far).</source>
   <translation>EGMS liefert {value} (formaler Fehler, viel zu klein).</translation>
  </message>
  <message>
   <source>below {limit}</source>
   <translation>unter {limit}</translation>
  </message>
  <message>
   <source>No annual motion stands out of the noise (95 %).</source>
   <translation>Kein Jahresgang hebt sich vom Rauschen ab (95 %).</translation>
  </message>
  <message>
   <source>Half of peak to peak, highest about {day}.</source>
   <translation>Die halbe Spanne von Tief zu Hoch, am höchsten um den {day}.</translation>
  </message>
  <message>
   <source>Temporal coherence, 0 to 1, as EGMS delivers it. Seasonal and changing motion lower it.</source>
   <translation>Zeitliche Kohärenz, 0 bis 1, wie EGMS sie liefert. Jahresgang und wechselnde Bewegung senken sie.</translation>
  </message>
  <message>
   <source>What is left of the series after trend, bend and annual motion. The word is about the noise: below 2.0 mm very good, below 3.7 good, below 5.2 fair.</source>
   <translation>Was von der Reihe nach Abzug von Trend, Krümmung und Jahresgang bleibt. Das Wort gilt dem Rauschen: unter 2,0 mm sehr gut, unter 3,7 gut, unter 5,2 mäßig.</translation>
  </message>
  <message>
   <source>Longest gap {days} days</source>
   <translation>Längste Lücke {days} Tage</translation>
  </message>
  <message>
   <source>L2a basic</source>
   <translation>L2a Basic</translation>
  </message>
  <message>
   <source>L2b calibrated</source>
   <translation>L2b kalibriert</translation>
  </message>
  <message>
   <source>L3 ortho</source>
   <translation>L3 Ortho</translation>
  </message>
  <message>
   <source>{years}, delivery {number}</source>
   <translation>{years}, Lieferung {number}</translation>
  </message>
 </context>
 <context>
  <name>MotionHistory</name>
  <message>
   <source>Motion history</source>
   <translation>Bewegungsverlauf</translation>
  </message>
  <message>
   <source>Motion history: click a point of a ground motion layer (Shift+click adds)</source>
   <translation>Bewegungsverlauf: einen Punkt eines Bodenbewegungslayers anklicken (Umschalt+Klick fügt hinzu)</translation>
  </message>
 </context>
 <context>
  <name>MotionToolBar</name>
  <message>
   <source>Follow pointer</source>
   <translation>Zeiger folgen</translation>
  </message>
  <message>
   <source>Show the motion history of what is under the pointer on the map</source>
   <translation>Bewegungsverlauf dessen zeigen, was auf der Karte unter dem Zeiger liegt</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep these series in the chart when another point is clicked (K)</source>
   <translation>Diese Reihen im Diagramm behalten, wenn ein anderer Punkt angeklickt wird (K)</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Show all dates (F)</source>
   <translation>Alle Termine zeigen (F)</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Show dates and values instead of the chart</source>
   <translation>Termine und Werte statt des Diagramms zeigen</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Save the series as a picture or as a table</source>
   <translation>Die Reihen als Bild oder als Tabelle speichern</translation>
  </message>
  <message>
   <source>Picture (PNG)…</source>
   <translation>Bild (PNG)…</translation>
  </message>
  <message>
   <source>Drawing (SVG)…</source>
   <translation>Zeichnung (SVG)…</translation>
  </message>
  <message>
   <source>Table (CSV)…</source>
   <translation>Tabelle (CSV)…</translation>
  </message>
 </context>
 <context>
  <name>MotionVerdict</name>
  <message>
   <source>Too few dates to tell</source>
   <translation>Zu wenige Termine für eine Aussage</translation>
  </message>
  <message>
   <source>Moving {parts} mm/yr</source>
   <translation>Bewegung {parts} mm/yr</translation>
  </message>
  <message>
   <source>Moving slowly {parts} mm/yr</source>
   <translation>Langsame Bewegung {parts} mm/yr</translation>
  </message>
  <message>
   <source>Not moving measurably (within ± {limit} mm/yr)</source>
   <translation>Keine messbare Bewegung (innerhalb ± {limit} mm/yr)</translation>
  </message>
  <message>
   <source>Too noisy to tell</source>
   <translation>Zu verrauscht für eine Aussage</translation>
  </message>
  <message>
   <source>up</source>
   <translation>nach oben</translation>
  </message>
  <message>
   <source>down</source>
   <translation>nach unten</translation>
  </message>
  <message>
   <source>east</source>
   <translation>nach Osten</translation>
  </message>
  <message>
   <source>west</source>
   <translation>nach Westen</translation>
  </message>
  <message>
   <source>towards the satellite</source>
   <translation>zum Satelliten hin</translation>
  </message>
  <message>
   <source>away from the satellite</source>
   <translation>vom Satelliten weg</translation>
  </message>
  <message>
   <source>{first} and {second}</source>
   <translation>{first} und {second}</translation>
  </message>
  <message>
   <source>A word about motion needs 3 years and 40 dates without a gap of more than 180 days.</source>
   <translation>Eine Aussage zur Bewegung braucht 3 Jahre und 40 Termine ohne eine Lücke von mehr als 180 Tagen.</translation>
  </message>
  <message>
   <source>The error alone is ± {error} mm/yr.</source>
   <translation>Allein der Fehler ist ± {error} mm/yr.</translation>
  </message>
  <message>
   <source>With one orbit the direction stays open.</source>
   <translation>Mit nur einem Orbit bleibt die Richtung offen.</translation>
  </message>
  <message>
   <source>Significant, but slower than 2 mm/yr.</source>
   <translation>Signifikant, aber langsamer als 2 mm/yr.</translation>
  </message>
  <message>
   <source>The points around do not move like this: it may be a single object or noise.</source>
   <translation>Die Punkte ringsum bewegen sich nicht so: Es kann ein einzelnes Objekt oder Rauschen sein.</translation>
  </message>
  <message>
   <source>Compare with the points around.</source>
   <translation>Mit den Punkten ringsum vergleichen.</translation>
  </message>
  <message>
   <source>Compared with the motion of the region (GNSS model).</source>
   <translation>Verglichen mit der Bewegung der Region (GNSS-Modell).</translation>
  </message>
  <message>
   <source>Compared with stable Europe.</source>
   <translation>Verglichen mit dem stabilen Europa.</translation>
  </message>
  <message>
   <source>Compared with the unknown reference of the Basic product.</source>
   <translation>Verglichen mit der unbekannten Referenz des Produkts Basic.</translation>
  </message>
  <message>
   <source>Compared with the surroundings.</source>
   <translation>Verglichen mit der Umgebung.</translation>
  </message>
  <message>
   <source>Compared with your reference.</source>
   <translation>Verglichen mit der eigenen Referenz.</translation>
  </message>
  <message>
   <source>The {series} series is getting faster, by {change} mm/yr each year.</source>
   <translation>Die Reihe „{series}“ wird schneller, jedes Jahr um {change} mm/yr.</translation>
  </message>
  <message>
   <source>The {series} series is getting slower, by {change} mm/yr each year.</source>
   <translation>Die Reihe „{series}“ wird langsamer, jedes Jahr um {change} mm/yr.</translation>
  </message>
  <message>
   <source>± is one standard deviation and allows for correlated noise.</source>
   <translation>± ist eine Standardabweichung und berücksichtigt korreliertes Rauschen.</translation>
  </message>
  <message>
   <source>Up and east come from both orbits; north–south motion counts as zero.</source>
   <translation>Vertikal und Ost–West stammen aus beiden Orbits; Bewegung in Nord-Süd-Richtung zählt als null.</translation>
  </message>
  <message>
   <source>The error of each orbit counts as at least 0.7 mm/yr.</source>
   <translation>Der Fehler jedes Orbits zählt mindestens als 0,7 mm/yr.</translation>
  </message>
 </context>
 <context>
  <name>MotionWords</name>
  <message>
   <source>N</source>
   <translation>N</translation>
  </message>
  <message>
   <source>S</source>
   <translation>S</translation>
  </message>
  <message>
   <source>E</source>
   <translation>O</translation>
  </message>
  <message>
   <source>W</source>
   <translation>W</translation>
  </message>
  <message>
   <source>ascending</source>
   <translation>aufsteigend</translation>
  </message>
  <message>
   <source>descending</source>
   <translation>absteigend</translation>
  </message>
  <message>
   <source>vertical</source>
   <translation>vertikal</translation>
  </message>
  <message>
   <source>east–west</source>
   <translation>Ost–West</translation>
  </message>
  <message>
   <source>very good</source>
   <translation>sehr gut</translation>
  </message>
  <message>
   <source>good</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>fair</source>
   <translation>mäßig</translation>
  </message>
  <message>
   <source>poor</source>
   <translation>schlecht</translation>
  </message>
  <message>
   <source>towards satellite</source>
   <translation>zum Satelliten</translation>
  </message>
  <message>
   <source>up</source>
   <translation>aufwärts</translation>
  </message>
  <message>
   <source>east</source>
   <translation>ostwärts</translation>
  </message>
  <message>
   <source>Motion, mm</source>
   <translation>Bewegung, mm</translation>
  </message>
  <message>
   <source>Motion, mm (+ {directions})</source>
   <translation>Bewegung, mm (+ {directions})</translation>
  </message>
  <message>
   <source>mm (+ {directions})</source>
   <translation>mm (+ {directions})</translation>
  </message>
 </context>
 <context>
  <name>OptionsForm</name>
  <message>
   <source>Clip to the outline of the area</source>
   <translation>Auf den Umriss des Gebiets zuschneiden</translation>
  </message>
  <message>
   <source>Open on the map when ready</source>
   <translation>Auf der Karte öffnen, wenn fertig</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>Layer</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Projection</source>
   <translation>Projektion</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Area</source>
   <translation>Gebiet</translation>
  </message>
  <message>
   <source>Choose another time range</source>
   <translation>Einen anderen Zeitraum wählen</translation>
  </message>
  <message>
   <source>The service does not offer a time range for it yet</source>
   <translation>Der Dienst bietet dafür noch keinen Zeitraum an</translation>
  </message>
  <message>
   <source>No area yet</source>
   <translation>Noch kein Gebiet</translation>
  </message>
  <message>
   <source>{name}, {size}</source>
   <translation>{name}, {size}</translation>
  </message>
  <message>
   <source>to</source>
   <translation>–</translation>
  </message>
  <message>
   <source>All layers</source>
   <translation>Alle Layer</translation>
  </message>
  <message>
   <source>{choice} (as stored)</source>
   <translation>{choice} (Original)</translation>
  </message>
  <message>
   <source>The service gives at most {days} days per order. The range is split into {count} orders.</source>
   <translation>Der Dienst liefert höchstens {days} Tage je Bestellung. Der Zeitraum wird auf {count} Bestellungen verteilt.</translation>
  </message>
  <message>
   <source>{year}, one date</source>
   <translation>{year}, ein Termin</translation>
  </message>
  <message>
   <source>All that there is</source>
   <translation>Alles, was es gibt</translation>
  </message>
  <message>
   <source>The first day is after the last.</source>
   <translation>Der erste Tag liegt nach dem letzten.</translation>
  </message>
  <message>
   <source>About 1 date</source>
   <translation>Etwa 1 Termin</translation>
  </message>
  <message>
   <source>About {count} dates</source>
   <translation>Etwa {count} Termine</translation>
  </message>
 </context>
 <context>
  <name>OptionsPage</name>
  <message>
   <source>Service key</source>
   <translation>Zugangsschlüssel</translation>
  </message>
  <message>
   <source>Downloads</source>
   <translation>Downloads</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Advanced: service addresses</source>
   <translation>Erweitert: Dienstadressen</translation>
  </message>
 </context>
 <context>
  <name>OrderForm</name>
  <message>
   <source>Order now</source>
   <translation>Jetzt bestellen</translation>
  </message>
  <message>
   <source>Add to cart</source>
   <translation>In den Warenkorb</translation>
  </message>
  <message>
   <source>Options</source>
   <translation>Optionen</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>Sammlung</translation>
  </message>
  <message>
   <source>Open from library</source>
   <translation>Aus der Bibliothek öffnen</translation>
  </message>
  <message>
   <source>Prepackaged files</source>
   <translation>Fertige Dateien</translation>
  </message>
  <message>
   <source>Choose a file first</source>
   <translation>Zuerst eine Datei wählen</translation>
  </message>
  <message>
   <source>Choose an area first</source>
   <translation>Zuerst ein Gebiet wählen</translation>
  </message>
  <message>
   <source>No file chosen</source>
   <translation>Keine Datei gewählt</translation>
  </message>
  <message>
   <source>Size not known yet</source>
   <translation>Größe noch nicht bekannt</translation>
  </message>
  <message>
   <source>About {size}</source>
   <translation>Etwa {size}</translation>
  </message>
  <message>
   <source>1 order</source>
   <translation>1 Bestellung</translation>
  </message>
  <message>
   <source>{count} orders</source>
   <translation>{count} Bestellungen</translation>
  </message>
  <message>
   <source>usually ready in a few minutes</source>
   <translation>meist in wenigen Minuten fertig</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>{count} files</source>
   <translation>{count} Dateien</translation>
  </message>
  <message>
   <source>no waiting</source>
   <translation>keine Wartezeit</translation>
  </message>
  <message>
   <source>its whole extent</source>
   <translation>seine ganze Ausdehnung</translation>
  </message>
  <message>
   <source>You already have this dataset for {place}, ordered on {day}, in the same version.</source>
   <translation>Dieser Datensatz ist für {place} schon vorhanden, bestellt am {day}, in derselben Version.</translation>
  </message>
  <message>
   <source>You already have this dataset for {place}, ordered on {day}, in another version.</source>
   <translation>Dieser Datensatz ist für {place} schon vorhanden, bestellt am {day}, in einer anderen Version.</translation>
  </message>
  <message>
   <source>You already have this dataset for {place}.</source>
   <translation>Dieser Datensatz ist für {place} schon vorhanden.</translation>
  </message>
 </context>
 <context>
  <name>Pickers</name>
  <message>
   <source>Motion history here</source>
   <translation>Bewegungsverlauf hier</translation>
  </message>
  <message>
   <source>Add to the chart</source>
   <translation>Zum Diagramm hinzufügen</translation>
  </message>
  <message>
   <source>Shift+click</source>
   <translation>Umschalt+Klick</translation>
  </message>
  <message>
   <source>Search EGMS files here…</source>
   <translation>Hier nach EGMS-Dateien suchen…</translation>
  </message>
  <message>
   <source>Motion history of the selected points in {layer}</source>
   <translation>Bewegungsverlauf der gewählten Punkte in {layer}</translation>
  </message>
  <message>
   <source>Motion history</source>
   <translation>Bewegungsverlauf</translation>
  </message>
 </context>
 <context>
  <name>Processing</name>
  <message>
   <source>Land data</source>
   <translation>Landdaten</translation>
  </message>
  <message>
   <source>Ground motion</source>
   <translation>Bodenbewegung</translation>
  </message>
  <message>
   <source>NUTS region or country</source>
   <translation>NUTS-Region oder Land</translation>
  </message>
  <message>
   <source>Code or name, such as PT200 or Milano. It wins over the extent.</source>
   <translation>Code oder Name, etwa PT200 oder Milano. Hat Vorrang vor der Ausdehnung.</translation>
  </message>
  <message>
   <source>Extent</source>
   <translation>Ausdehnung</translation>
  </message>
  <message>
   <source>A box, in any coordinate reference system.</source>
   <translation>Ein Rechteck in beliebigem Koordinatenbezugssystem.</translation>
  </message>
  <message>
   <source>A box, in any coordinate reference system. Needed if no region is given.</source>
   <translation>Ein Rechteck in beliebigem Koordinatenbezugssystem. Nötig, wenn keine Region angegeben ist.</translation>
  </message>
  <message>
   <source>Search the catalogue</source>
   <translation>Katalog durchsuchen</translation>
  </message>
  <message>
   <source>Finds datasets of the Copernicus Land Monitoring Service. Several words must all occur; words in quotes must follow each other. No account is needed. The catalogue is kept on disk, so that later searches work without a connection.

The result is a table with one row per dataset. “Download a dataset” takes its title or uid.</source>
   <translation>Findet Datensätze des Copernicus Land Monitoring Service. Mehrere Wörter müssen alle vorkommen; Wörter in Anführungszeichen müssen aufeinander folgen. Ein Konto ist nicht nötig. Der Katalog wird auf der Festplatte gespeichert, sodass spätere Suchen ohne Verbindung gehen.

Das Ergebnis ist eine Tabelle mit einer Zeile je Datensatz. „Datensatz herunterladen“ nimmt dessen Titel oder UID.</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Suchwörter</translation>
  </message>
  <message>
   <source>Leave empty for the whole catalogue.</source>
   <translation>Leer lassen für den ganzen Katalog.</translation>
  </message>
  <message>
   <source>Covers this extent</source>
   <translation>Deckt diese Ausdehnung ab</translation>
  </message>
  <message>
   <source>Datasets</source>
   <translation>Datensätze</translation>
  </message>
  <message>
   <source>{count} datasets found</source>
   <translation>{count} Datensätze gefunden</translation>
  </message>
  <message>
   <source>Download a dataset</source>
   <translation>Datensatz herunterladen</translation>
  </message>
  <message>
   <source>Orders a dataset for an area, waits until the service has prepared it, downloads and unpacks it. This takes a free service key from land.copernicus.eu: import it in the settings of CLMS Explorer, or name its file in the environment variable CLMS_EXPLORER_SERVICE_KEY.

The order is kept in the list of downloads: if it is interrupted it goes on there, and nothing is ordered or downloaded twice. With a mask the files are cut to the outline of its polygons.</source>
   <translation>Bestellt einen Datensatz für ein Gebiet, wartet, bis der Dienst ihn vorbereitet hat, lädt ihn herunter und entpackt ihn. Dafür ist ein kostenloser Zugangsschlüssel (Service Key) von land.copernicus.eu nötig: ihn in den Einstellungen von CLMS Explorer importieren oder seine Datei in der Umgebungsvariablen CLMS_EXPLORER_SERVICE_KEY nennen.

Die Bestellung steht in der Liste der Downloads: Wird sie unterbrochen, läuft sie dort weiter, und nichts wird doppelt bestellt oder heruntergeladen. Mit einer Maske werden die Dateien auf den Umriss ihrer Polygone zugeschnitten.</translation>
  </message>
  <message>
   <source>Dataset</source>
   <translation>Datensatz</translation>
  </message>
  <message>
   <source>Its uid or its exact title, as “Search the catalogue” gives them.</source>
   <translation>UID oder genauer Titel, wie „Katalog durchsuchen“ sie angibt.</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>Sammlung</translation>
  </message>
  <message>
   <source>Title or id of one of the dataset's collections, such as RASTER 100m. Empty: the first one.</source>
   <translation>Titel oder Kennung einer Sammlung des Datensatzes, etwa RASTER 100m. Leer: die erste.</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>Polygone</translation>
  </message>
  <message>
   <source>The area as polygons; the result is cut to their outline.</source>
   <translation>Das Gebiet als Polygone; das Ergebnis wird auf ihren Umriss zugeschnitten.</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Geotiff, GPKG, Shapefile, GDB, Geojson, Netcdf or GML. Empty: as stored.</source>
   <translation>Geotiff, GPKG, Shapefile, GDB, Geojson, Netcdf oder GML. Leer: wie im Original.</translation>
  </message>
  <message>
   <source>Projection</source>
   <translation>Projektion</translation>
  </message>
  <message>
   <source>Empty: as stored.</source>
   <translation>Leer: wie im Original.</translation>
  </message>
  <message>
   <source>First day</source>
   <translation>Erster Tag</translation>
  </message>
  <message>
   <source>Last day</source>
   <translation>Letzter Tag</translation>
  </message>
  <message>
   <source>Only for datasets that are time series.</source>
   <translation>Nur für Datensätze, die Zeitreihen sind.</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Where the files go. Empty: the download folder of the settings.</source>
   <translation>Wohin die Dateien kommen. Leer: der Downloadordner aus den Einstellungen.</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Give a region, an extent or polygons.</source>
   <translation>Eine Region, eine Ausdehnung oder Polygone angeben.</translation>
  </message>
  <message>
   <source>There is no dataset “{name}” in the catalogue.</source>
   <translation>Im Katalog gibt es keinen Datensatz „{name}“.</translation>
  </message>
  <message>
   <source>“{name}” cannot be ordered by area.</source>
   <translation>„{name}“ ist nicht nach Gebiet bestellbar.</translation>
  </message>
  <message>
   <source>“{name}” has no collection “{wanted}”. It has: {titles}.</source>
   <translation>„{name}“ hat keine Sammlung „{wanted}“. Es gibt: {titles}.</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Stufe</translation>
  </message>
  <message>
   <source>L2a: points, relative to a local reference. L2b: points, tied to GNSS, best for single buildings and slopes. L3: 100 m cells, best for overview.</source>
   <translation>L2a: Punkte, bezogen auf eine örtliche Referenz. L2b: Punkte, an GNSS angeschlossen, am besten für einzelne Gebäude und Hänge. L3: Zellen von 100 m, am besten für den Überblick.</translation>
  </message>
  <message>
   <source>Component</source>
   <translation>Komponente</translation>
  </message>
  <message>
   <source>Only for L3.</source>
   <translation>Nur für L3.</translation>
  </message>
  <message>
   <source>Release</source>
   <translation>Release</translation>
  </message>
  <message>
   <source>Such as 2020-2024. Empty: the newest that has files here.</source>
   <translation>Etwa 2020-2024. Leer: das neueste, das hier Dateien hat.</translation>
  </message>
  <message>
   <source>Give a region or an extent.</source>
   <translation>Eine Region oder eine Ausdehnung angeben.</translation>
  </message>
  <message>
   <source>{count} files of release {release}</source>
   <translation>{count} Dateien des Release {release}</translation>
  </message>
  <message>
   <source>No EGMS files here. The area lies over sea or outside the measured land.</source>
   <translation>Hier gibt es keine EGMS-Dateien. Das Gebiet liegt im Meer oder außerhalb des vermessenen Landes.</translation>
  </message>
  <message>
   <source>Search ground motion files</source>
   <translation>Dateien zur Bodenbewegung suchen</translation>
  </message>
  <message>
   <source>Finds the files of the European Ground Motion Service (EGMS) that touch an area, and gives their footprints with track, direction, size and the share of the area that they cover (0 to 1). This takes a free service key from land.copernicus.eu.</source>
   <translation>Findet die Dateien des European Ground Motion Service (EGMS), die ein Gebiet berühren, und gibt ihre Umrisse mit Track, Richtung, Größe und dem Anteil des Gebiets aus, den sie abdecken (0 bis 1). Dafür ist ein kostenloser Zugangsschlüssel (Service Key) von land.copernicus.eu nötig.</translation>
  </message>
  <message>
   <source>Footprints</source>
   <translation>Umrisse der Dateien</translation>
  </message>
  <message>
   <source>Download ground motion files</source>
   <translation>Dateien zur Bodenbewegung herunterladen</translation>
  </message>
  <message>
   <source>Finds the files of the European Ground Motion Service (EGMS) that touch an area and downloads them, two at a time as the service allows. An interrupted download goes on where it was; files that are on disk are not fetched again. “Make a ground motion point store” turns them into layers.</source>
   <translation>Findet die Dateien des European Ground Motion Service (EGMS), die ein Gebiet berühren, und lädt sie herunter, zwei zugleich, wie der Dienst es erlaubt. Ein unterbrochener Download läuft dort weiter, wo er war; vorhandene Dateien werden nicht noch einmal geholt. „Punktspeicher für Bodenbewegung anlegen“ macht Layer daraus.</translation>
  </message>
  <message>
   <source>EGMS {level} {release}</source>
   <translation>EGMS {level} {release}</translation>
  </message>
  <message>
   <source>Make a ground motion point store</source>
   <translation>Punktspeicher für Bodenbewegung anlegen</translation>
  </message>
  <message>
   <source>Reads files of the European Ground Motion Service (EGMS), zipped or not, into one GeoPackage: a point layer per direction of motion with all columns and the whole series of each point, and an overview raster. All files must be of one level and release. A file that is in the store already changes nothing; an existing store grows. If it is stopped or fails the store stays as it was.</source>
   <translation>Liest Dateien des European Ground Motion Service (EGMS), gezippt oder nicht, in ein GeoPackage: einen Punktlayer je Bewegungsrichtung mit allen Spalten und der ganzen Zeitreihe jedes Punkts sowie ein Übersichtsraster. Alle Dateien müssen von einer Stufe und einem Release sein. Eine Datei, die schon im Speicher ist, ändert nichts; ein vorhandener Speicher wächst. Wird der Vorgang abgebrochen oder scheitert er, bleibt der Speicher, wie er war.</translation>
  </message>
  <message>
   <source>Files or folders</source>
   <translation>Dateien oder Ordner</translation>
  </message>
  <message>
   <source>Zip files, CSV files, or folders of them.</source>
   <translation>Zip-Dateien, CSV-Dateien oder Ordner mit solchen.</translation>
  </message>
  <message>
   <source>Keep only this extent</source>
   <translation>Nur diese Ausdehnung behalten</translation>
  </message>
  <message>
   <source>Point store</source>
   <translation>Punktspeicher</translation>
  </message>
  <message>
   <source>{rows} points from {files} files</source>
   <translation>{rows} Punkte aus {files} Dateien</translation>
  </message>
  <message>
   <source>Map layout</source>
   <translation>Kartenlayout</translation>
  </message>
  <message>
   <source>Makes a page with a map, its title, legend, scale bar, arrow to true north, date, name of the area and the credit lines that the data in view require, and writes it as PDF or PNG.

The legend lists only the classes that occur in the map, where that can be told. The map has the coordinate reference system of the project.</source>
   <translation>Erstellt eine Seite mit einer Karte, ihrem Titel, Legende, Maßstab, Pfeil nach geografisch Nord, Datum, Name des Gebiets und den Quellenangaben, die die sichtbaren Daten verlangen, und schreibt sie als PDF oder PNG.

Die Legende führt nur die Klassen auf, die in der Karte vorkommen, soweit sich das feststellen lässt. Die Karte hat das Koordinatenbezugssystem des Projekts.</translation>
  </message>
  <message>
   <source>Layers</source>
   <translation>Layer</translation>
  </message>
  <message>
   <source>The topmost first. Without any, the visible layers of the project.</source>
   <translation>Der oberste zuerst. Ohne Angabe die sichtbaren Layer des Projekts.</translation>
  </message>
  <message>
   <source>Without one, the full extent of the layers.</source>
   <translation>Ohne Angabe die volle Ausdehnung der Layer.</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>Name of the area</source>
   <translation>Name des Gebiets</translation>
  </message>
  <message>
   <source>Without one, the area that is set in the project.</source>
   <translation>Ohne Angabe das Gebiet, das im Projekt festgelegt ist.</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>Seite</translation>
  </message>
  <message>
   <source>Dots per inch</source>
   <translation>Punkte je Zoll (dpi)</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Choose a file that ends in .pdf or .png.</source>
   <translation>Eine Datei wählen, die auf .pdf oder .png endet.</translation>
  </message>
  <message>
   <source>There is no layer to draw. Choose layers, or make some visible.</source>
   <translation>Es gibt keinen Layer zum Zeichnen. Layer wählen oder welche sichtbar machen.</translation>
  </message>
  <message>
   <source>Motion history</source>
   <translation>Bewegungsverlauf</translation>
  </message>
  <message>
   <source>Writes how points of a ground motion point store have moved: a CSV table with one row per date and one column per point, and a chart with trend lines. Choose the points by their ids, or by a layer of places: for each place the nearest point of every direction within the tolerance is taken.

Motion is in mm; + is towards the satellite (line of sight), up, or east. A gap in the dates is a gap in the line. The log gives each velocity in mm/yr ± one standard deviation, which allows for correlated noise.</source>
   <translation>Schreibt, wie sich Punkte eines Punktspeichers für Bodenbewegung bewegt haben: eine CSV-Tabelle mit einer Zeile je Termin und einer Spalte je Punkt sowie ein Diagramm mit Trendlinien. Die Punkte über ihre Kennungen wählen oder über einen Layer mit Orten: Für jeden Ort wird der nächste Punkt jeder Richtung innerhalb der Toleranz genommen.

Bewegung ist in mm; + ist zum Satelliten hin (Blickrichtung), aufwärts oder ostwärts. Eine Lücke in den Terminen ist eine Lücke in der Linie. Das Protokoll nennt jede Geschwindigkeit in mm/yr ± eine Standardabweichung, die korreliertes Rauschen berücksichtigt.</translation>
  </message>
  <message>
   <source>Point ids</source>
   <translation>Punktkennungen</translation>
  </message>
  <message>
   <source>Separated by commas.</source>
   <translation>Durch Kommas getrennt.</translation>
  </message>
  <message>
   <source>Places</source>
   <translation>Orte</translation>
  </message>
  <message>
   <source>Tolerance (m)</source>
   <translation>Toleranz (m)</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Chart</source>
   <translation>Diagramm</translation>
  </message>
  <message>
   <source>No point of the store matches. Check the ids, or raise the tolerance.</source>
   <translation>Kein Punkt des Speichers passt. Die Kennungen prüfen oder die Toleranz erhöhen.</translation>
  </message>
  <message>
   <source>The store has no point {pid}.</source>
   <translation>Der Speicher hat keinen Punkt {pid}.</translation>
  </message>
  <message>
   <source>{name}, point {pid}: {velocity:+.1f} ± {sigma:.1f} mm/yr</source>
   <translation>{name}, Punkt {pid}: {velocity:+.1f} ± {sigma:.1f} mm/yr</translation>
  </message>
 </context>
 <context>
  <name>RegionDialog</name>
  <message>
   <source>Country</source>
   <translation>Land</translation>
  </message>
  <message>
   <source>Use this country</source>
   <translation>Dieses Land verwenden</translation>
  </message>
  <message>
   <source>NUTS region</source>
   <translation>NUTS-Region</translation>
  </message>
  <message>
   <source>Use this region</source>
   <translation>Diese Region verwenden</translation>
  </message>
  <message>
   <source>Name or code, such as Brazil or BR</source>
   <translation>Name oder Code, etwa Brazil oder BR</translation>
  </message>
  <message>
   <source>Name or code, such as Milano or ITC4C</source>
   <translation>Name oder Code, etwa Milano oder ITC4C</translation>
  </message>
  <message>
   <source>Search regions</source>
   <translation>Regionen suchen</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>Nothing found for “{text}”. Try the code or another spelling.</source>
   <translation>Nichts gefunden für „{text}“. Den Code oder eine andere Schreibweise versuchen.</translation>
  </message>
 </context>
 <context>
  <name>RegionModel</name>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Ebene</translation>
  </message>
  <message>
   <source>Country</source>
   <translation>Land</translation>
  </message>
  <message>
   <source>NUTS 1, large region</source>
   <translation>NUTS 1, große Region</translation>
  </message>
  <message>
   <source>NUTS 2, region</source>
   <translation>NUTS 2, Region</translation>
  </message>
  <message>
   <source>NUTS 3, small region</source>
   <translation>NUTS 3, kleine Region</translation>
  </message>
  <message>
   <source>{level}, new in {year}</source>
   <translation>{level}, neu in {year}</translation>
  </message>
 </context>
 <context>
  <name>ResultLine</name>
  <message>
   <source>Order of the list</source>
   <translation>Reihenfolge der Liste</translation>
  </message>
  <message>
   <source>Best match</source>
   <translation>Beste Treffer</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>Newest</source>
   <translation>Neueste</translation>
  </message>
  <message>
   <source>Finest</source>
   <translation>Feinste</translation>
  </message>
  <message>
   <source>{found} of {whole} datasets</source>
   <translation>{found} von {whole} Datensätzen</translation>
  </message>
 </context>
 <context>
  <name>SearchField</name>
  <message>
   <source>Search datasets</source>
   <translation>Datensätze suchen</translation>
  </message>
 </context>
 <context>
  <name>SearchHead</name>
  <message>
   <source>Filters</source>
   <translation>Filter</translation>
  </message>
  <message>
   <source>Filters ({count})</source>
   <translation>Filter ({count})</translation>
  </message>
  <message>
   <source>Take off the filter “{filter}”</source>
   <translation>Filter „{filter}“ entfernen</translation>
  </message>
 </context>
 <context>
  <name>SeriesList</name>
  <message>
   <source>Series in the chart</source>
   <translation>Reihen im Diagramm</translation>
  </message>
  <message>
   <source>Remove from the chart</source>
   <translation>Aus dem Diagramm entfernen</translation>
  </message>
 </context>
 <context>
  <name>SeriesModel</name>
  <message>
   <source>Series</source>
   <translation>Reihe</translation>
  </message>
  <message>
   <source>Velocity</source>
   <translation>Geschwindigkeit</translation>
  </message>
  <message>
   <source>Kept</source>
   <translation>Behalten</translation>
  </message>
 </context>
 <context>
  <name>ServiceKeyBox</name>
  <message>
   <source>Import key file…</source>
   <translation>Schlüssel importieren…</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>How to get one</source>
   <translation>Anleitung</translation>
  </message>
  <message>
   <source>Test connection</source>
   <translation>Verbindung testen</translation>
  </message>
  <message>
   <source>The key was not imported.</source>
   <translation>Der Schlüssel wurde nicht importiert.</translation>
  </message>
  <message>
   <source>The key is imported. The file is no longer needed; it holds your key in plain text.</source>
   <translation>Der Schlüssel ist importiert. Die Datei wird nicht mehr gebraucht; sie enthält den Schlüssel im Klartext.</translation>
  </message>
  <message>
   <source>Testing the connection…</source>
   <translation>Verbindung wird getestet…</translation>
  </message>
  <message>
   <source>The connection works. The portal accepts your service key.</source>
   <translation>Die Verbindung steht. Das Portal nimmt den Zugangsschlüssel an.</translation>
  </message>
  <message>
   <source>Service key set</source>
   <translation>Zugangsschlüssel hinterlegt</translation>
  </message>
  <message>
   <source>Service key set. QGIS asks for your master password when it is needed.</source>
   <translation>Zugangsschlüssel hinterlegt. QGIS fragt nach dem Hauptpasswort, wenn es gebraucht wird.</translation>
  </message>
  <message>
   <source>Service key set for now only. It is gone when QGIS ends.</source>
   <translation>Zugangsschlüssel nur für jetzt hinterlegt. Er ist weg, wenn QGIS beendet wird.</translation>
  </message>
  <message>
   <source>No service key. Searching and viewing work without it.</source>
   <translation>Kein Zugangsschlüssel. Suchen und Ansehen geht ohne ihn.</translation>
  </message>
  <message>
   <source>The key file {path} is used, because {variable} is set.</source>
   <translation>Die Schlüsseldatei {path} wird verwendet, weil {variable} gesetzt ist.</translation>
  </message>
 </context>
 <context>
  <name>ServiceNote</name>
  <message>
   <source>Try now</source>
   <translation>Jetzt versuchen</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>Another QGIS is working on the downloads. They go on there.</source>
   <translation>Ein anderes QGIS arbeitet an den Downloads. Sie laufen dort weiter.</translation>
  </message>
  <message>
   <source>Service: {name}</source>
   <translation>Dienst: {name}</translation>
  </message>
  <message>
   <source>Since: {time}</source>
   <translation>Seit: {time}</translation>
  </message>
  <message>
   <source>Attempts: {count}</source>
   <translation>Versuche: {count}</translation>
  </message>
  <message>
   <source>Error: {error}</source>
   <translation>Fehler: {error}</translation>
  </message>
  <message>
   <source>The download service does not answer</source>
   <translation>Der Downloaddienst antwortet nicht</translation>
  </message>
 </context>
 <context>
  <name>StatusLine</name>
  <message>
   <source>Read the catalogue again</source>
   <translation>Katalog neu lesen</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Service key set</source>
   <translation>Schlüssel hinterlegt</translation>
  </message>
  <message>
   <source>No service key</source>
   <translation>Kein Schlüssel</translation>
  </message>
  <message>
   <source>Offline</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>No catalogue yet</source>
   <translation>Noch kein Katalog</translation>
  </message>
  <message>
   <source>Catalogue of {day}</source>
   <translation>Katalog: {day}</translation>
  </message>
  <message>
   <source>Catalogue of {day}, {time}</source>
   <translation>Katalog: {day}, {time}</translation>
  </message>
 </context>
 <context>
  <name>StoreLayers</name>
  <message>
   <source>EGMS basic</source>
   <translation>EGMS Basic</translation>
  </message>
  <message>
   <source>EGMS calibrated</source>
   <translation>EGMS kalibriert</translation>
  </message>
  <message>
   <source>EGMS ortho</source>
   <translation>EGMS Ortho</translation>
  </message>
  <message>
   <source>Ascending</source>
   <translation>Aufsteigend</translation>
  </message>
  <message>
   <source>Descending</source>
   <translation>Absteigend</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Vertikal</translation>
  </message>
  <message>
   <source>East–west</source>
   <translation>Ost–West</translation>
  </message>
  <message>
   <source>{direction}, track {track} (mm/yr)</source>
   <translation>{direction}, Track {track} (mm/yr)</translation>
  </message>
  <message>
   <source>{direction}, {count} tracks (mm/yr)</source>
   <translation>{direction}, {count} Tracks (mm/yr)</translation>
  </message>
  <message>
   <source>{direction} (mm/yr)</source>
   <translation>{direction} (mm/yr)</translation>
  </message>
  <message>
   <source>{name}, overview</source>
   <translation>{name}, Übersicht</translation>
  </message>
  <message>
   <source>Point</source>
   <translation>Punkt</translation>
  </message>
  <message>
   <source>Velocity (mm/yr)</source>
   <translation>Geschwindigkeit (mm/yr)</translation>
  </message>
  <message>
   <source>Velocity, formal error of EGMS (mm/yr)</source>
   <translation>Geschwindigkeit, formaler Fehler des EGMS (mm/yr)</translation>
  </message>
  <message>
   <source>Acceleration (mm/yr²)</source>
   <translation>Beschleunigung (mm/yr²)</translation>
  </message>
  <message>
   <source>Acceleration, formal error (mm/yr²)</source>
   <translation>Beschleunigung, formaler Fehler (mm/yr²)</translation>
  </message>
  <message>
   <source>Seasonal amplitude (mm)</source>
   <translation>Jahresgang, Amplitude (mm)</translation>
  </message>
  <message>
   <source>Seasonal amplitude, formal error (mm)</source>
   <translation>Jahresgang, Amplitude, formaler Fehler (mm)</translation>
  </message>
  <message>
   <source>Residual of the EGMS model (mm)</source>
   <translation>Restabweichung vom EGMS-Modell (mm)</translation>
  </message>
  <message>
   <source>Temporal coherence (0 to 1)</source>
   <translation>Zeitliche Kohärenz (0 bis 1)</translation>
  </message>
  <message>
   <source>Height above sea level (m)</source>
   <translation>Höhe über dem Meeresspiegel (m)</translation>
  </message>
  <message>
   <source>Height above the ellipsoid (m)</source>
   <translation>Höhe über dem Ellipsoid (m)</translation>
  </message>
  <message>
   <source>Incidence angle (°)</source>
   <translation>Einfallswinkel (°)</translation>
  </message>
  <message>
   <source>Track angle (°)</source>
   <translation>Trackwinkel (°)</translation>
  </message>
  <message>
   <source>Easting (m)</source>
   <translation>Ostwert (m)</translation>
  </message>
  <message>
   <source>Northing (m)</source>
   <translation>Nordwert (m)</translation>
  </message>
 </context>
 <context>
  <name>Styles</name>
  <message>
   <source>Below −10</source>
   <translation>Unter −10</translation>
  </message>
  <message>
   <source>−10 to −6</source>
   <translation>−10 bis −6</translation>
  </message>
  <message>
   <source>−6 to −4</source>
   <translation>−6 bis −4</translation>
  </message>
  <message>
   <source>−4 to −2</source>
   <translation>−4 bis −2</translation>
  </message>
  <message>
   <source>−2 to +2, stable</source>
   <translation>−2 bis +2, stabil</translation>
  </message>
  <message>
   <source>+2 to +4</source>
   <translation>+2 bis +4</translation>
  </message>
  <message>
   <source>+4 to +6</source>
   <translation>+4 bis +6</translation>
  </message>
  <message>
   <source>+6 to +10</source>
   <translation>+6 bis +10</translation>
  </message>
  <message>
   <source>Above +10</source>
   <translation>Über +10</translation>
  </message>
 </context>
 <context>
  <name>ValuesModel</name>
  <message>
   <source>Date</source>
   <translation>Datum</translation>
  </message>
 </context>
 <context>
  <name>ValuesTable</name>
  <message>
   <source>Dates and values</source>
   <translation>Termine und Werte</translation>
  </message>
  <message>
   <source>Ctrl+C copies the table</source>
   <translation>Strg+C kopiert die Tabelle</translation>
  </message>
 </context>
 <context>
  <name>Words</name>
  <message>
   <source>{part} of {whole}</source>
   <translation>{part} von {whole}</translation>
  </message>
  <message>
   <source>{size}/s</source>
   <translation>{size}/s</translation>
  </message>
  <message>
   <source>{seconds} s left</source>
   <translation>noch {seconds} s</translation>
  </message>
  <message>
   <source>{minutes} min left</source>
   <translation>noch {minutes} min</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min left</source>
   <translation>noch {hours} h {minutes} min</translation>
  </message>
  <message>
   <source>just now</source>
   <translation>gerade eben</translation>
  </message>
  <message>
   <source>1 minute ago</source>
   <translation>vor 1 Minute</translation>
  </message>
  <message>
   <source>{count} minutes ago</source>
   <translation>vor {count} Minuten</translation>
  </message>
  <message>
   <source>1 hour ago</source>
   <translation>vor 1 Stunde</translation>
  </message>
  <message>
   <source>{count} hours ago</source>
   <translation>vor {count} Stunden</translation>
  </message>
  <message>
   <source>in a moment</source>
   <translation>gleich</translation>
  </message>
  <message>
   <source>in {count} seconds</source>
   <translation>in {count} Sekunden</translation>
  </message>
  <message>
   <source>in 1 minute</source>
   <translation>in 1 Minute</translation>
  </message>
  <message>
   <source>in {count} minutes</source>
   <translation>in {count} Minuten</translation>
  </message>
  <message>
   <source>in {count} hours</source>
   <translation>in {count} Stunden</translation>
  </message>
  <message>
   <source>today</source>
   <translation>heute</translation>
  </message>
  <message>
   <source>yesterday</source>
   <translation>gestern</translation>
  </message>
  <message>
   <source>{area} km²</source>
   <translation>{area} km²</translation>
  </message>
 </context>
 <context>
  <name>_CartList</name>
  <message>
   <source>Cart</source>
   <translation>Warenkorb</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
 </context>
</TS>
