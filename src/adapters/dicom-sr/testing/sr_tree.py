"""Prints the content of a DICOM object as JSON, read by pydicom: a reader that is not ours."""

import json
import sys

import pydicom


def code(sequence):
    item = sequence[0]
    return f"{item.CodeValue} {item.CodingSchemeDesignator}"


def value(node):
    kind = node.get("ValueType", "")
    if kind == "CODE":
        return code(node.ConceptCodeSequence)
    if kind == "NUM":
        measured = node.MeasuredValueSequence[0]
        unit = code(measured.MeasurementUnitsCodeSequence)
        return {
            "decimal": str(measured.NumericValue),
            "double": measured.get("FloatingPointValue"),
            "unit": unit,
        }
    if kind == "SCOORD":
        return {"type": node.GraphicType, "points": list(node.GraphicData)}
    if kind == "IMAGE":
        return node.ReferencedSOPSequence[0].ReferencedSOPInstanceUID
    for name in ("TextValue", "Date", "Time", "UID", "PersonName"):
        if name in node:
            return str(node[name].value)
    return None


def tree(node):
    names = node.get("ConceptNameCodeSequence")
    reference = node.get("ReferencedContentItemIdentifier")
    return {
        "relation": node.get("RelationshipType", ""),
        "type": node.get("ValueType", ""),
        "name": code(names) if names else "",
        "reference": list(reference) if reference else None,
        "value": value(node),
        "children": [tree(child) for child in node.get("ContentSequence", [])],
    }


def graphics(dataset):
    return [
        {
            "image": annotation.ReferencedImageSequence[0].ReferencedSOPInstanceUID,
            "layer": annotation.GraphicLayer,
            "text": [t.UnformattedTextValue for t in annotation.get("TextObjectSequence", [])],
            "units": annotation.GraphicObjectSequence[0].GraphicAnnotationUnits,
            "points": list(annotation.GraphicObjectSequence[0].GraphicData),
        }
        for annotation in dataset.get("GraphicAnnotationSequence", [])
    ]


dataset = pydicom.dcmread(sys.argv[1])
print(
    json.dumps(
        {
            "sopClass": dataset.SOPClassUID,
            "patient": str(dataset.PatientName),
            "tree": tree(dataset),
            "graphics": graphics(dataset),
        }
    )
)
